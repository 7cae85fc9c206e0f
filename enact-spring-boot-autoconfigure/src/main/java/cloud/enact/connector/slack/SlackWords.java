package cloud.enact.connector.slack;

import cloud.enact.action.Sha256;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares texts of messages. Slack keeps another spelling than was sent: it escapes what means something to it, and
 * puts links into angle brackets.
 */
final class SlackWords {

    private static final Pattern LINK = Pattern.compile("<((?:https?://|mailto:)[^<>|\\s]+)(?:\\|[^<>]*)?>");

    private SlackWords() {}

    /** Digest of a text that is the same for what is sent and for what Slack keeps of it. */
    static String digest(@Nullable String text) {
        String plain = LINK.matcher((text != null) ? text : "")
                .replaceAll("$1")
                .replace("mailto:", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
        return Sha256.hex(plain);
    }
}
