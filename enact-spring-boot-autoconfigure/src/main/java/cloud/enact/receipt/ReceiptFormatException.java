package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** Bytes are not a receipt, or not in canonical form. The message says what is wrong, never what the bytes hold. */
public class ReceiptFormatException extends RuntimeException {

    public ReceiptFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
