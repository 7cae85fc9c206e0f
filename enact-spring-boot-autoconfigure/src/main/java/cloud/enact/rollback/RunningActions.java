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
