package cloud.enact.approval;

/** An answer that does not count; the message says why, and is safe to show to whoever answered. */
public class ApprovalRefusedException extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message why the answer does not count, as sentences for whoever answered
     */
    public ApprovalRefusedException(String message) {
        super(message);
    }
}
