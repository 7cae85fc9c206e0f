package cloud.enact.gate;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The caller's Spring-managed transaction. */
final class SpringTransactions implements TransactionBoundary {

    private final List<Runnable> flushes;

    SpringTransactions(List<Runnable> flushes) {
        this.flushes = List.copyOf(flushes);
    }

    @Override
    public boolean active() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive();
    }

    @Override
    public void flush() {
        this.flushes.forEach(Runnable::run);
    }

    @Override
    public void afterCompletion(Consumer<Ending> callback) {
        TransactionSynchronizationManager.registerSynchronization(new Following(callback));
    }

    /** Follows one action to the end of its transaction, or of the part of it the action belongs to. */
    private static final class Following implements TransactionSynchronization {

        private final Consumer<Ending> callback;

        private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());

        private boolean rolledBack;

        private Following(Consumer<Ending> callback) {
            this.callback = callback;
        }

        @Override
        public void savepoint(Object savepoint) {
            this.laterSavepoints.add(savepoint);
        }

        @Override
        public void savepointRollback(Object savepoint) {
            // back to a point before the action takes the action along, whatever becomes of the rest
            if (!this.laterSavepoints.contains(savepoint)) {
                this.rolledBack = true;
            }
        }

        @Override
        public void afterCompletion(int status) {
            this.callback.accept(
                    this.rolledBack
                            ? Ending.ROLLED_BACK
                            : switch (status) {
                                case STATUS_COMMITTED -> Ending.COMMITTED;
                                case STATUS_ROLLED_BACK -> Ending.ROLLED_BACK;
                                default -> Ending.UNKNOWN;
                            });
        }
    }
}
