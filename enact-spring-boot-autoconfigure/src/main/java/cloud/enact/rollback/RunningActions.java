package cloud.enact.rollback;

import cloud.enact.receipt.InDoubtRuns;
import java.util.UUID;
import java.util.function.Predicate;

/** Knows whether actions of a run may be still at work. Thread-safe. */
final class RunningActions {

    private final Predicate<UUID> inFlight;

    private final InDoubtRuns inDoubt;

    /**
     * Creates one.
     *
     * @param inFlight whether an action of that id runs in this process
     * @param inDoubt knows the logs that other processes write
     */
    RunningActions(Predicate<UUID> inFlight, InDoubtRuns inDoubt) {
        this.inFlight = inFlight;
        this.inDoubt = inDoubt;
    }

    /**
     * Sees to it that an executor which comes late brings nothing of the run to its end: what has no outcome and does
     * not run here may stand still in a process that everybody takes for dead.
     *
     * @throws RefusedException when something may still come to its end
     */
    void stop(RunHistory history, Precheck connectors) {
        for (RunAction action : history.actions()) {
            String late = action.settled() ? null : connectors.cancel(history.runId(), action.id());
            if (late != null) {
                throw new RefusedException(
                        "Action " + action.name() + " of the run has no outcome and may still come to" + " its end. "
                                + late + " Ask again in a while.");
            }
        }
    }

    /** Refuses a run that goes on. */
    void requireNone(RunHistory history) {
        for (RunAction action : history.actions()) {
            if (action.settled()) {
                continue;
            }
            if (this.inFlight.test(action.id())) {
                throw new RefusedException("Action " + action.name()
                        + " of the run is still running. Wait for it to end, then ask again.");
            }
            if (this.inDoubt.isWrittenElsewhere(action.log())) {
                throw new RefusedException("Action " + action.name() + " of the run has no outcome and may be still"
                        + " running: another process writes its receipt log, " + action.log()
                        + ". Roll back from that application, or stop it and ask again.");
            }
        }
    }
}
