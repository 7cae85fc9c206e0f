package cloud.enact.gate;

import java.time.Duration;
import java.util.Set;

/**
 * That code wants a person to approve its call, whatever the policies say, and waits for the answer.
 *
 * @param people who is to be told beside those that every request is told to
 * @param timeout how long it waits
 */
record ApprovalWish(Set<String> people, Duration timeout) {

    ApprovalWish {
        people = Set.copyOf(people);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(ApprovalSettings.LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The time to wait for an approval must be longer than nothing and at most 30 days");
        }
    }
}
