package cloud.enact.connector.slack;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Slack's error codes in sentences: what they mean, what to do, and whether something may have been done. */
final class SlackRefusals {

    /** Codes with which Slack says that it does not know how far it came. */
    private static final Set<String> UNKNOWN =
            Set.of("fatal_error", "internal_error", "request_timeout", "service_unavailable");

    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");

    private static final Pattern SCOPES = Pattern.compile("[a-z0-9:._,-]{1,200}");

    private SlackRefusals() {}

    /**
     * A request that Slack did not fulfil.
     *
     * @param method such as {@code chat.postMessage}
     * @param error code in the answer; not trusted
     * @param needed scope in the answer; not trusted
     */
    static SlackException of(String method, @Nullable String error, @Nullable String needed) {
        String code = (error != null && CODE.matcher(error).matches()) ? error : "unreadable_error";
        if (UNKNOWN.contains(code) || code.equals("unreadable_error")) {
            return SlackException.unknown("Slack failed at " + method + ": " + code + ".", code, null);
        }
        String scope = (needed != null && SCOPES.matcher(needed).matches()) ? needed : "another scope";
        return SlackException.refused("Slack refused " + method + ": " + code + "." + hint(code, scope), code);
    }

    /**
     * Too many requests.
     *
     * @param retryAfter seconds in the answer's header; not trusted
     */
    static SlackException rateLimited(String method, @Nullable String retryAfter) {
        boolean readable = retryAfter != null && retryAfter.matches("[0-9]{1,6}");
        return SlackException.refused(
                "Slack refused " + method + ": ratelimited. Try again in "
                        + (readable ? retryAfter + " seconds." : "a minute."),
                "ratelimited");
    }

    private static String hint(String code, String scope) {
        return switch (code) {
            case "missing_scope" -> " Its token needs " + scope + "; add it to the app and install it again.";
            case "not_in_channel" -> " Invite the app to the channel.";
            case "channel_not_found" -> " There is no such channel, or the app is not in it.";
            case "is_archived" -> " The channel is archived.";
            case "message_not_found" -> " There is no such message.";
            case "thread_not_found" -> " There is no such thread.";
            case "cant_update_message", "cant_delete_message" -> " An app changes only what it posted itself.";
            case "edit_window_closed" -> " The workspace does not let messages of this age be edited.";
            case "msg_too_long" -> " The text is too long.";
            case "invalid_name" -> " There is no emoji of this name.";
            case "too_many_reactions", "too_many_emoji" -> " The message has as many reactions as it may.";
            case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired" ->
                " The token is not valid; configure another one.";
            case "ratelimited", "rate_limited" -> " Try again in a minute.";
            default -> "";
        };
    }
}
