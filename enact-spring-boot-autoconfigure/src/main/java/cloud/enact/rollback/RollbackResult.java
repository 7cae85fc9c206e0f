package cloud.enact.rollback;

/** What came of a rollback as a whole. */
public enum RollbackResult {
    /** Everything that can be undone is as it was before the run. */
    ROLLED_BACK,
    /** Some steps are undone, others need a person: the report says which and what to do. */
    PARTIAL,
    /** Nothing was touched: somebody's later work, or a broken receipt, stands in the way. */
    REFUSED,
    /** Waits for somebody. */
    PENDING,
    /** The run holds nothing that could be undone. */
    NOTHING_TO_UNDO
}
