package cloud.enact.rollback;

import cloud.enact.action.RunId;

/** Undoes runs, newest step first, and never over somebody's later work. Thread-safe. */
public interface RollbackService {

    /**
     * Says what a rollback would do; changes nothing and writes nothing.
     *
     * @throws UnknownRunException when there is no such run
     */
    RollbackReport preview(RunId runId);

    /**
     * Undoes the run. Idempotent: a second call is a no-op that says so.
     *
     * @throws UnknownRunException when there is no such run
     * @throws cloud.enact.receipt.ReceiptStoreException when the start record can't be made durable; nothing was
     *     touched then
     */
    RollbackReport rollback(RollbackRequest request);
}
