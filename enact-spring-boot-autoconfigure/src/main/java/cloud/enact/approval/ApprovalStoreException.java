package cloud.enact.approval;

import org.jspecify.annotations.Nullable;

/** A request for approval can't be stored or read. */
public class ApprovalStoreException extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message what is wrong, and what to do about it; without secrets
     * @param cause what the store threw, or {@code null}
     */
    public ApprovalStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
