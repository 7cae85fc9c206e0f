package cloud.enact.action;

import java.time.Clock;
import java.util.UUID;

/** Makes the ids of runs and actions. Implementations are thread-safe. */
@FunctionalInterface
public interface IdGenerator {

    /** Returns a new version 7 UUID. */
    UUID next();

    /** Version 7 UUIDs (RFC 9562, section 5.7) from the clock and a secure random source. */
    static IdGenerator uuidV7(Clock clock) {
        return new UuidV7Generator(clock);
    }
}
