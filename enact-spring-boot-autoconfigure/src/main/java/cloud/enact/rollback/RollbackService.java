package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Undoes runs, newest step first, and never over somebody's later work. Thread-safe. */
public interface RollbackService {

    /**
     * Says what a rollback would do; changes nothing and writes nothing.
     *
     * @throws UnknownRunException when there is no such run
     * @throws RollbackRequestException as {@link #rollback} does
     */
    RollbackReport preview(RollbackRequest request);

    /**
     * Says what a rollback of all of a run would do, asked for by nobody in particular.
     *
     * @throws UnknownRunException when there is no such run
     */
    default RollbackReport preview(RunId runId) {
        return preview(RollbackRequest.of(runId, Actor.anonymous(), null));
    }

    /**
     * Undoes the run. Idempotent: a second call is a no-op that says so. Taken up again after a crash or a failure, it
     * goes on where it stopped.
     *
     * @throws UnknownRunException when there is no such run
     * @throws RollbackRequestException when the request names a step that the run does not have, or one both to skip
     *     and to force
     * @throws cloud.enact.receipt.ReceiptStoreException when the receipts can't be read, or the start record can't be
     *     made durable; nothing was touched then
     */
    RollbackReport rollback(RollbackRequest request);

    /**
     * Starts a service over some stores.
     *
     * @param store holds the receipts of the runs
     * @param receipts records rollbacks
     * @param verifier checks receipts before anything is touched
     * @param undoLog holds the steps of the runs, and how far rollbacks got
     */
    static RollbackServiceBuilder over(
            ReceiptStore store, ReceiptLog receipts, ReceiptVerifier verifier, UndoLog undoLog) {
        return new RollbackServiceBuilder(store, receipts, verifier, undoLog);
    }

    /**
     * A service over the stores of this application.
     *
     * @param store holds the receipts of the runs
     * @param receipts records rollbacks
     * @param verifier checks receipts before anything is touched
     * @param undoLog holds the steps of the runs, and how far rollbacks got
     * @param undos take back the steps, each those of one connector
     * @param inFlight whether an action of that id still runs in this process, so that its run must be left alone; what
     *     has no outcome in a log that another process writes is left alone anyway
     * @param ids names rollbacks
     * @param clock tells when a rollback happened
     * @throws IllegalArgumentException when two of the undos are for the same connector
     */
    static RollbackService of(
            ReceiptStore store,
            ReceiptLog receipts,
            ReceiptVerifier verifier,
            UndoLog undoLog,
            List<? extends StepUndo> undos,
            Predicate<UUID> inFlight,
            IdGenerator ids,
            Clock clock) {
        return over(store, receipts, verifier, undoLog)
                .undos(undos)
                .inFlight(inFlight)
                .build(ids, clock);
    }
}
