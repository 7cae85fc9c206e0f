package cloud.enact.autoconfigure;

import cloud.enact.hook.GatedAgentDesk;
import cloud.enact.undo.FailureLog;
import java.time.Duration;

/** Gives up waiting for outcomes that nobody tells, now and then. Thread-safe. */
final class OverdueHookCalls extends RepeatedWork {

    private static final FailureLog failures = new FailureLog(OverdueHookCalls.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final GatedAgentDesk desk;

    OverdueHookCalls(GatedAgentDesk desk) {
        super("enact-hooks");
        this.desk = desk;
    }

    @Override
    void work() {
        try {
            this.desk.giveUpOverdue();
        } catch (RuntimeException ex) {
            // an exception would end the schedule
            failures.error("What is waited for too long can't be given up", ex);
        }
    }

    @Override
    Duration interval() {
        return INTERVAL;
    }
}
