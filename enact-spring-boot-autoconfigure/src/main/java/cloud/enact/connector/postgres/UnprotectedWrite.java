package cloud.enact.connector.postgres;

/** What becomes of a governed transaction that wrote to a table whose rows are not captured. */
public enum UnprotectedWrite {
    /** It is rolled back, and the action gets an error that names the table. */
    REFUSE,
    /** It is committed; the step is recorded as one that nothing brings back. */
    RECORD
}
