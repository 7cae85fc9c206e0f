package cloud.enact.console;

import cloud.enact.action.HmacSha256;
import cloud.enact.api.Connection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may look, and who may change something. A governed agent sits on this machine, and so does a reverse
 * proxy: coming from here is good for reading at most. Thread-safe.
 */
final class Access {

    /** Whom the receipts name who has shown the credential. */
    static final String OPERATOR = "console-operator";

    private static final String COOKIE = "enact-console-";

    private final ConsoleSettings settings;

    private final @Nullable ConsoleCredential credential;

    private final Sessions sessions;

    private final Attempts attempts;

    private final byte[] tokenKey = new byte[32];

    Access(ConsoleSettings settings, @Nullable ConsoleCredential credential, Clock clock) {
        this.settings = settings;
        this.credential = credential;
        this.sessions = new Sessions(clock);
        this.attempts = new Attempts(clock);
        new SecureRandom().nextBytes(this.tokenKey);
    }

    boolean hasCredential() {
        return this.credential != null;
    }

    /** Refuses what a page of another site has a browser send. */
    void requireOwnPage(ConsoleExchange request) {
        String site = request.header("Sec-Fetch-Site");
        boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
        // somebody may follow a link to here from anywhere
        boolean link = "navigate".equals(request.header("Sec-Fetch-Mode"))
                && !request.method().equals("POST");
        if (request.connection().isOfForeignPage() || foreign && !link) {
            throw ConsoleException.forbidden("A page of another site does not get an answer.");
        }
    }

    /** Whoever asks, or nothing for somebody who has to sign in. */
    Optional<Visitor> visitor(ConsoleExchange request) {
        Optional<Visitor> signedIn = sessions(request)
                .flatMap(id -> this.sessions.find(id).stream())
                .findFirst()
                .map(session -> new Visitor(OPERATOR, session.csrf(), true, role -> false));
        if (signedIn.isPresent()) {
            return signedIn;
        }
        String user = request.user();
        if (user != null && !this.settings.roles().isEmpty()) {
            return this.settings.roles().stream().anyMatch(request::isInRole)
                    ? Optional.of(new Visitor(user, token(user), false, request::isInRole))
                    : Optional.empty();
        }
        return isReader(request) ? Optional.of(Visitor.reader()) : Optional.empty();
    }

    private boolean isReader(ConsoleExchange request) {
        Connection connection = request.connection();
        if (!this.settings.loopback() || !connection.isLocal()) {
            return false;
        }
        if (!connection.isUnderOwnName()) {
            throw ConsoleException.forbidden(
                    "The address is none of this machine's own names. Ask for http://localhost and its port.");
        }
        return true;
    }

    /** The id of a new session, or nothing when that is not the credential. */
    Optional<String> signIn(ConsoleExchange request, String text) {
        if (this.credential == null || !this.credential.matches(text)) {
            if (this.attempts.failed(String.valueOf(request.connection().remote()))) {
                throw new ConsoleException(
                        429,
                        "Too many attempts",
                        "That is not the credential, and many others were wrong within a minute. The right one is"
                                + " still taken.");
            }
            return Optional.empty();
        }
        return Optional.of(this.sessions.open());
    }

    void signOut(ConsoleExchange request) {
        sessions(request).forEach(this.sessions::close);
    }

    /** Programs behind other ports of this machine have cookies in common: a name of its own keeps them apart. */
    static String cookieName(ConsoleExchange request) {
        return COOKIE + request.port();
    }

    /** What may be the id of a session; what others set beside it keeps nobody out. */
    private static Stream<String> sessions(ConsoleExchange request) {
        return request.cookies(cookieName(request)).stream().filter(Sessions::isId);
    }

    /** Who is authenticated elsewhere has no session here: the token is bound to the person and to this process. */
    private String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(HmacSha256.of(this.tokenKey, name));
    }
}
