package cloud.enact.approval;

/**
 * Is told what becomes of requests, once it is on record. What it throws is logged and changes nothing: what is on
 * record counts. Thread-safe.
 */
public interface ApprovalListener {

    /** People are asked. */
    void requested(ApprovalRequest request);

    /** Somebody has answered. */
    void answered(ApprovalRequest request, ApprovalAnswer answer);

    /**
     * A request ends without an answer that is used.
     *
     * @param end {@link ApprovalState#EXPIRED} or {@link ApprovalState#VOID}
     */
    void ended(ApprovalRequest request, ApprovalState end);
}
