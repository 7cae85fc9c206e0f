package cloud.enact.receipt;

/** What a receipt tells. All kinds exist in format version 1. */
public enum ReceiptKind {
    /** A call was decided; durable before anything changes. A BLOCK ends here. */
    DECIDED,
    /** A call that was let through has an outcome. */
    COMPLETED,
    /** A person was asked to approve a call. */
    APPROVAL_REQUESTED,
    /** Something became of that: a person answered, the time was over, or the approval was used up. */
    APPROVAL_ANSWERED,
    /** A rollback is about to undo its first step. */
    ROLLBACK_STARTED,
    /** A rollback ended, with a result. */
    ROLLED_BACK,
    /** A run in doubt was settled by a person or a probe. */
    RECONCILED,
    /** Something is known to have run ungoverned. */
    GAP,
    /** A signing key came or went, or the key to a person's data was dropped. */
    KEY,
    /** Old undo data, or old entries, were removed by retention. */
    PRUNED,
    /** Mode, policy set, a brake or the definition of a remote tool changed. */
    CONFIG;

    /** Whether it says how an action ended, so that its decision is no longer open. */
    public boolean settles() {
        return this == COMPLETED || this == RECONCILED;
    }
}
