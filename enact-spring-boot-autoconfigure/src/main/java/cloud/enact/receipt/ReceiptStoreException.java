package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** A receipt can't be stored or read. */
public class ReceiptStoreException extends RuntimeException {

    public ReceiptStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An exception of the caller's own, with its own stack trace, for what went wrong elsewhere. */
    static ReceiptStoreException because(@Nullable Throwable cause) {
        String reason = (cause != null && cause.getMessage() != null) ? cause.getMessage() : String.valueOf(cause);
        return new ReceiptStoreException(reason, cause);
    }

    static ReceiptStoreException logClosed() {
        return new ReceiptStoreException(
                "The receipt log is closed; the receipt was not stored. The application is shutting down", null);
    }
}
