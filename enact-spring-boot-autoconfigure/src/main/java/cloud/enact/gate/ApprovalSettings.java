package cloud.enact.gate;

import java.time.Duration;

/**
 * How people are asked.
 *
 * @param mode what becomes of a call while they are
 * @param timeout how long they may take, and an approved call may take to be repeated
 * @param maxWait how long a call waits
 */
public record ApprovalSettings(ApprovalMode mode, Duration timeout, Duration maxWait) {

    /** Longer than this nobody keeps a caller waiting. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** Longer than this no question stays open. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);

    public ApprovalSettings {
        requirePositive("timeout", timeout, LONGEST_TIMEOUT);
        requirePositive("max-wait", maxWait, LONGEST_WAIT);
    }

    private static void requirePositive(String key, Duration value, Duration most) {
        if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
            throw new EnactStartupException(
                    "enact.approval." + key + " is " + value + ", which is not between zero and " + most + ".",
                    "Set it to a duration such as 1m, at most " + most.toMinutes() + "m.");
        }
    }
}
