package cloud.enact.approval;

import org.jspecify.annotations.Nullable;

/** A request for approval can't be stored or read. */
public class ApprovalStoreException extends RuntimeException {

    public ApprovalStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
