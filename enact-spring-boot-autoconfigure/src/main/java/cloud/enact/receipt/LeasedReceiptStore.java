package cloud.enact.receipt;

import cloud.enact.action.IdGenerator;

/**
 * A store that several processes write, each a log of its own. It takes entries of a log only from the process that
 * has the lease: {@link #append} throws a {@link LogLeaseLostException} for another one. Thread-safe.
 */
public interface LeasedReceiptStore extends ReceiptStore {

    /**
     * Leases a log for one writer: the oldest that nobody writes, else a new one.
     *
     * @param ids gives the id of a new log
     */
    LogLease lease(IdGenerator ids);
}
