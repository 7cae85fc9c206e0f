package cloud.enact.approval;

/**
 * Where what becomes of requests stands for good, apart from the store that keeps them. What it does not take does not
 * count. Thread-safe.
 *
 * <p>Every method may throw; it is unknown then whether something was put on record, until somebody looks.
 */
public interface ApprovalRecord {

    /** Puts on record that people are about to be asked. */
    void requested(ApprovalRequest request);

    /**
     * Puts on record what is about to become of a request.
     *
     * @param request with its {@link ApprovalRequest#change() change}
     */
    void changed(ApprovalRequest request, ApprovalChange change);

    /** Puts on record that a change which is there does not count after all, because another one came first. */
    void overtaken(ApprovalRequest request, ApprovalChange change);

    /** Puts on record that an approval is used up. */
    void used(ApprovalRequest request);

    /** Whether a change is on record, and was put there by somebody with a key. */
    boolean holds(ApprovalRequest request, ApprovalChange change);

    /** Whether it is on record that a request has ended or was used: then an open one was put back by somebody. */
    boolean isOver(ApprovalRequest request);
}
