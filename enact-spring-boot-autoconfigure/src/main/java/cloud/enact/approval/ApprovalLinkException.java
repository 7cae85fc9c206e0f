package cloud.enact.approval;

/** A link that answers nothing; the message says why, and is safe to show to whoever holds it. */
public final class ApprovalLinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean expired;

    ApprovalLinkException(boolean expired, String message) {
        super(message);
        this.expired = expired;
    }

    /** Whether it was good for something once. */
    public boolean isExpired() {
        return this.expired;
    }
}
