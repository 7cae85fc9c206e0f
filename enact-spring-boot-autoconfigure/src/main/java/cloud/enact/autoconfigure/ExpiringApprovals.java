package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalDesk;
import cloud.enact.undo.FailureLog;
import java.time.Duration;

/** Ends requests for approval that nobody has answered in time, also where nobody repeats the call. Thread-safe. */
final class ExpiringApprovals extends RepeatedWork {

    private static final FailureLog failures = new FailureLog(ExpiringApprovals.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ApprovalDesk desk;

    ExpiringApprovals(ApprovalDesk desk) {
        super("enact-approval-expiry");
        this.desk = desk;
    }

    @Override
    void work() {
        try {
            this.desk.expire();
        } catch (RuntimeException ex) {
            // an exception would end the schedule
            failures.warn("Requests for approval that are over were not ended; it is tried again", ex);
        }
    }

    @Override
    Duration interval() {
        return INTERVAL;
    }
}
