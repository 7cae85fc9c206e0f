package cloud.enact.approval;

/** An answer that does not count; the message says why, and is safe to show to whoever answered. */
public class ApprovalRefusedException extends RuntimeException {

    public ApprovalRefusedException(String message) {
        super(message);
    }
}
