package cloud.enact.gate;

import cloud.enact.receipt.LogLease;
import java.util.List;

/**
 * Keeps a process from acting that has lost the right to write its receipt log: it stood still for so long that another
 * one took the log over, and what it had begun may be settled by now. Thread-safe.
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
     * @throws IllegalStateException when it must not be changed any more
     */
    void requireHeld(String what) {
        for (LogLease lease : this.leases) {
            if (!lease.isHeld()) {
                throw new IllegalStateException(
                        "Step '" + what + "' was not performed: this process has lost receipt log " + lease.log()
                                + " to another one, which may have settled the run by now. Restart it.");
            }
        }
    }
}
