package cloud.enact.gate;

import java.util.function.Consumer;

/** The caller's transaction, if there is one. */
interface TransactionBoundary {

    /** How a transaction ended. */
    enum Ending {
        COMMITTED,
        ROLLED_BACK,
        UNKNOWN
    }

    /** Whether a transaction is active on this thread. */
    boolean active();

    /** Sends pending changes to the database, so that they happen inside the action that made them. */
    void flush();

    /** Calls back once, when the transaction of this thread has ended. */
    void afterCompletion(Consumer<Ending> callback);

    /** An application without transactions. */
    static TransactionBoundary none() {
        return new TransactionBoundary() {

            @Override
            public boolean active() {
                return false;
            }

            @Override
            public void flush() {
                // nothing is pending where there is no transaction
            }

            @Override
            public void afterCompletion(Consumer<Ending> callback) {
                throw new IllegalStateException("There is no transaction");
            }
        };
    }
}
