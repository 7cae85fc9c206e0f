package cloud.enact.gate;

import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/** Watches governed calls. Told of names, decisions and receipts, and never of arguments; what it throws is logged.
 * Thread-safe. */
public interface CallObserver {

    /**
     * A call stands at the gate.
     *
     * @param action name of the action, chosen by whoever wrote it; {@code null} for a tool that a model made up
     * @param mode whether decisions stop calls
     */
    ObservedCall begin(@Nullable String action, EnactMode mode);

    /** A call from the gate to the record of its outcome. Its verbs may come on different threads, one after the other. */
    interface ObservedCall {

        /** Makes the call the current one of this thread, until it is closed. */
        Current enter();

        /** The decision is made. */
        void decided(Decision decision);

        /** A receipt of the call is durable. */
        void recorded(Receipt receipt);

        /**
         * The call is over; comes once, and last.
         *
         * @param error what the action threw, or {@code null}
         */
        void ended(Ending ending, @Nullable Throwable error);
    }

    /** While a call is the current one of a thread. */
    interface Current extends AutoCloseable {

        @Override
        void close();
    }

    /** How a call ends. */
    enum Ending {
        /** It was not let through. */
        BLOCKED,
        /** It returned. */
        SUCCEEDED,
        /** It threw, or the transaction around it was rolled back. */
        FAILED,
        /** Nobody knows. */
        UNKNOWN
    }
}
