package cloud.enact.gate;

import cloud.enact.connector.ConnectorException;
import cloud.enact.receipt.LogLease;
import java.util.List;

/**
 * Keeps an action from going on whose process lost the right to write its receipt log meanwhile: it stood still for so
 * long that what it had begun may be settled by now. Thread-safe.
 */
final class LeaseGuard {

    private final List<LogLease> leases;

    /**
     * Makes the guard.
     *
     * @param leases the logs this process writes, as far as logs are leased here
     */
    LeaseGuard(List<LogLease> leases) {
        this.leases = List.copyOf(leases);
    }

    /**
     * Asks just before something is changed.
     *
     * @param begun when its action began, as {@link System#nanoTime()} tells it
     * @throws ConnectorException when it must not be changed any more
     */
    void requireHeldSince(long begun) {
        for (LogLease lease : this.leases) {
            if (!lease.isHeldSince(begun)) {
                throw new ConnectorException("others may have taken receipt log " + lease.log()
                        + " over and settled the run, because this process was not heard of for long or its"
                        + " lock was removed; nothing was changed. Call the action again, and restart the"
                        + " application if that does not help");
            }
        }
    }
}
