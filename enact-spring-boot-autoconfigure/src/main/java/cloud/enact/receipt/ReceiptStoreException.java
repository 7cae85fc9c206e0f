package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** A receipt can't be stored or read. */
public class ReceiptStoreException extends RuntimeException {

    public ReceiptStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
