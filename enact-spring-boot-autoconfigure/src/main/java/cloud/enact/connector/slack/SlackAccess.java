package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorReadiness;
import com.slack.api.methods.response.auth.AuthTestResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who the token is and what it may. Asked once, and again as long as Slack has not answered. Thread-safe. */
final class SlackAccess {

    private static final Set<String> BAD_TOKENS =
            Set.of("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission");

    private final SlackClient client;

    private final List<Set<String>> needed;

    private final AtomicReference<@Nullable Identity> identity = new AtomicReference<>();

    /**
     * Makes one.
     *
     * @param needed of each set one scope at least
     */
    SlackAccess(SlackClient client, List<Set<String>> needed) {
        this.client = client;
        this.needed = List.copyOf(needed);
    }

    /** Scopes for one purpose in all kinds of conversations, any of which will do. */
    static Set<String> anyKind(String purpose) {
        return Set.of("channels:" + purpose, "groups:" + purpose, "im:" + purpose, "mpim:" + purpose);
    }

    /**
     * The token's owner.
     *
     * @param user id of the app's user
     * @param scopes what the token may, {@code null} when Slack did not say
     */
    record Identity(String user, @Nullable Set<String> scopes) {

        boolean has(String scope) {
            return this.scopes == null || this.scopes.contains(scope);
        }
    }

    /** Who the token is, whatever it may. */
    Identity identity() {
        Identity known = this.identity.get();
        if (known == null) {
            known = ask();
            this.identity.set(known);
        }
        return known;
    }

    /**
     * Fails unless the token may do, and undo, what the connector is allowed to.
     *
     * @throws ConnectorException when it may not, or nobody can tell
     */
    Identity require() {
        Identity known = identity();
        List<String> missing = missing(known, this.needed);
        if (!missing.isEmpty()) {
            throw new ConnectorException(lacks(missing));
        }
        return known;
    }

    /** Whether all is as it should be. */
    ConnectorReadiness check() {
        try {
            List<String> missing = missing(identity(), this.needed);
            return missing.isEmpty()
                    ? new ConnectorReadiness(ConnectorReadiness.State.READY, "Slack knows the token.")
                    : new ConnectorReadiness(ConnectorReadiness.State.REFUSED, lacks(missing));
        } catch (SlackException ex) {
            boolean bad = ex.code() != null && BAD_TOKENS.contains(ex.code());
            return new ConnectorReadiness(
                    bad ? ConnectorReadiness.State.REFUSED : ConnectorReadiness.State.UNREACHABLE,
                    String.valueOf(ex.getMessage()));
        }
    }

    private Identity ask() {
        AuthTestResponse answer = this.client.call("auth.test", Map.of(), AuthTestResponse.class);
        String user = answer.getUserId();
        if (user == null) {
            throw SlackException.refused("Slack refused auth.test: it did not say who the token is.", "no_user");
        }
        Map<String, List<String>> headers = answer.getHttpResponseHeaders();
        List<String> told = (headers != null) ? headers.get("x-oauth-scopes") : null;
        return new Identity(user, (told != null) ? scopes(told) : null);
    }

    private static Set<String> scopes(Collection<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::trim)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> missing(Identity identity, List<Set<String>> needed) {
        List<String> missing = new ArrayList<>();
        for (Set<String> any : needed) {
            if (any.stream().noneMatch(identity::has)) {
                missing.add(String.join(" or ", new TreeSet<>(any)));
            }
        }
        return missing.stream().distinct().toList();
    }

    private static String lacks(List<String> missing) {
        return "The token lacks scopes that the allowed operations or their undo need: " + String.join(", ", missing)
                + ". Add them to the app and install it again.";
    }
}
