package cloud.enact.approval;

/** What became of a request. */
public enum ApprovalState {
    /** Fewer people than it takes have answered. */
    PENDING,
    /** As many as it takes have approved, and the call has not been repeated yet. */
    APPROVED,
    /** The call went through. */
    USED,
    /** Somebody said no. */
    DENIED,
    /** Nobody answered in time, or the call was not repeated in time. */
    EXPIRED,
    /** What was asked about has changed. */
    VOID;

    /** Whether nothing changes any more. */
    public boolean isFinal() {
        return this != PENDING && this != APPROVED;
    }
}
