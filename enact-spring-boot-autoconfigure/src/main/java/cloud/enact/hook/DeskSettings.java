package cloud.enact.hook;

import java.time.Duration;

/**
 * How coding agents are answered.
 *
 * @param allowOnPass whether a call that no policy objects to is allowed without the agent asking its user; otherwise
 *     the agent and its user decide
 * @param mostOpen how many calls are waited for at the same time
 * @param patience how long an outcome is waited for
 */
public record DeskSettings(boolean allowOnPass, int mostOpen, Duration patience) {

    /** Characters in the arguments of all calls that are waited for. */
    static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    public DeskSettings {
        if (mostOpen < 1 || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("At least one call is waited for, and longer than nothing");
        }
    }
}
