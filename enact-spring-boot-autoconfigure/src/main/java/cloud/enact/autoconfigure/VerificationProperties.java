package cloud.enact.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Verification in the background.
 *
 * @param interval How often what came since the newest anchor is verified. Zero never does.
 * @param fullInterval How often every log is verified from its first receipt on. The first time is soon after the start.
 * @param rate How many receipts are verified in a second at most.
 * @param onProblem What happens when something is found.
 */
record VerificationProperties(
        @DefaultValue("1m") Duration interval,
        @DefaultValue("1d") Duration fullInterval,
        @DefaultValue("10000") int rate,
        @DefaultValue("report") OnProblem onProblem) {

    /** What happens when receipts don't verify. */
    enum OnProblem {
        /** It is an ERROR in the log, and health is DOWN. */
        REPORT,
        /** No call is let through any more as well. */
        BLOCK
    }
}
