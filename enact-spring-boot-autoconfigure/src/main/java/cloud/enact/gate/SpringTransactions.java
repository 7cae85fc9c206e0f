package cloud.enact.gate;

import java.util.List;
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
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCompletion(int status) {
                callback.accept(
                        switch (status) {
                            case STATUS_COMMITTED -> Ending.COMMITTED;
                            case STATUS_ROLLED_BACK -> Ending.ROLLED_BACK;
                            default -> Ending.UNKNOWN;
                        });
            }
        });
    }
}
