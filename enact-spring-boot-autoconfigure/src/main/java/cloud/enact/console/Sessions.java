package cloud.enact.console;

import cloud.enact.action.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has shown the credential, until they are gone for a while. Ids are kept as digests. Only who knows the credential
 * opens one, so the oldest makes room. Thread-safe.
 */
final class Sessions {

    static final int MOST = 100;

    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final Duration LONGEST = Duration.ofHours(12);

    private static final int BYTES = 32;

    /** Of so many bytes in base64, without padding. */
    private static final int ID_LENGTH = (BYTES * 4 + 2) / 3;

    private final Clock clock;

    private final SecureRandom random = new SecureRandom();

    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /**
     * A session.
     *
     * @param csrf what every form of it must bring along
     * @param opened when it began
     * @param used when it was used last
     */
    record Session(String csrf, Instant opened, Instant used) {

        private boolean isOver(Instant now) {
            return now.isAfter(this.used.plus(IDLE)) || now.isAfter(this.opened.plus(LONGEST));
        }

        @Override
        public String toString() {
            return "Session[***]";
        }
    }

    /** Opens a session, and gives its id. */
    synchronized String open() {
        Instant now = this.clock.instant();
        this.sessions.values().removeIf(session -> session.isOver(now));
        while (this.sessions.size() >= MOST) {
            this.sessions.remove(this.sessions.keySet().iterator().next());
        }
        String id = random();
        this.sessions.put(key(id), new Session(random(), now, now));
        return id;
    }

    synchronized Optional<Session> find(String id) {
        String key = key(id);
        Session session = this.sessions.get(key);
        Instant now = this.clock.instant();
        if (session == null) {
            return Optional.empty();
        }
        if (session.isOver(now)) {
            this.sessions.remove(key);
            return Optional.empty();
        }
        Session used = new Session(session.csrf(), session.opened(), now);
        this.sessions.put(key, used);
        return Optional.of(used);
    }

    synchronized void close(String id) {
        this.sessions.remove(key(id));
    }

    /** Whether a text has the length of an id. */
    static boolean isId(String text) {
        return text.length() == ID_LENGTH;
    }

    private static String key(String id) {
        return Sha256.hex(id);
    }

    private String random() {
        byte[] bytes = new byte[BYTES];
        this.random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
