package cloud.enact.undo.postgres;

/**
 * What is, or would be, done to one table.
 *
 * @param table the table
 * @param restored rows that are put back
 * @param removed rows the run added, that are removed
 * @param reset rows that are set back to their old values
 * @param settled rows that are as they were before the run already
 * @param forced rows among the first three that somebody changed since
 * @param skipped rows left as they are
 */
public record TableRestore(
        TableName table, long restored, long removed, long reset, long settled, long forced, long skipped) {}
