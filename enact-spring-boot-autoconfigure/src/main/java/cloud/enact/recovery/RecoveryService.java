package cloud.enact.recovery;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.UndoLog;
import java.time.Duration;
import java.util.List;

/** Finds actions whose outcome was lost, looks what became of them, and puts that on record. Thread-safe. */
public interface RecoveryService {

    /**
     * The actions in doubt, oldest first; nobody looks what became of them. What runs in this process, or may run in
     * another one, is not among them.
     */
    List<InDoubtAction> inDoubt();

    /**
     * The same, and what became of them by looking; changes nothing.
     *
     * @param limit actions that are looked at
     * @param patience after that nobody looks at any more of them
     */
    List<InDoubtAction> look(int limit, Duration patience);

    /**
     * The actions of one run in doubt, and what became of them by looking; changes nothing.
     *
     * @throws cloud.enact.rollback.UnknownRunException when there is no such run
     */
    List<InDoubtAction> look(RunId runId);

    /**
     * Puts on record how actions in doubt are settled. Settling again what is settled writes nothing. From then on
     * nothing of them is committed in systems that can be told so, should their executor come back.
     *
     * @throws cloud.enact.rollback.UnknownRunException when there is no such run
     * @throws IllegalArgumentException when the run has no such action
     * @throws cloud.enact.receipt.ReceiptStoreException when receipts can't be read or written
     */
    ReconcileReport reconcile(ReconcileRequest request);

    /**
     * Starts a service over some stores.
     *
     * @param store holds the receipts of the runs
     * @param receipts records how they were settled
     * @param verifier checks receipts before anything is settled
     * @param undoLog holds the steps of the runs
     */
    static RecoveryServiceBuilder over(
            ReceiptStore store, ReceiptLog receipts, ReceiptVerifier verifier, UndoLog undoLog) {
        return new RecoveryServiceBuilder(store, receipts, verifier, undoLog);
    }
}
