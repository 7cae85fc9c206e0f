package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index of the entries, and the value that is looked for in it. Every index goes on with the time and ends in the
 * id, so it gives entries newest first.
 *
 * @param column column it begins with, or {@code null} for the index of times
 * @param value what the column must hold
 */
record EntryIndex(@Nullable String column, @Nullable String value) {

    /** Names of actions that are looked up one by one. */
    static final int MOST_NAMES = 64;

    static final String ORDER = " ORDER BY ts DESC, id DESC";

    private static final String ACTION = "action";

    /** The table of policies that objected stands beside the entries: an entry has any number of them. */
    private static final String POLICY = "policy";

    static EntryIndex time() {
        return new EntryIndex(null, null);
    }

    static EntryIndex action(String name) {
        return new EntryIndex(ACTION, name);
    }

    /** The indexes that a filter could use; none for its bounds of time, which all of them know. */
    static List<EntryIndex> of(ReceiptFilter filter) {
        List<EntryIndex> indexes = new ArrayList<>();
        add(indexes, "run_id", EntryRow.text(filter.runId()));
        add(indexes, "original_run_id", EntryRow.text(filter.originalRunId()));
        add(indexes, POLICY, filter.policy());
        add(indexes, "workflow", filter.workflow());
        add(indexes, ACTION, filter.action());
        add(indexes, "actor", filter.actor());
        add(indexes, "system", filter.system());
        add(indexes, "decision", filter.decision());
        add(indexes, "kind", (filter.kind() != null) ? filter.kind().name() : null);
        add(indexes, "mode", EntryRow.text(filter.mode()));
        return indexes;
    }

    private static void add(List<EntryIndex> indexes, String column, @Nullable String value) {
        if (value != null) {
            indexes.add(new EntryIndex(column, value));
        }
    }

    boolean isOfActions() {
        return ACTION.equals(this.column);
    }

    /** Ids and times of the entries that are meant, newest first; the value comes first among its parameters. */
    String select(Clause bounds, int most) {
        String where = (this.column != null) ? " WHERE " + this.column + " = ?" + bounds.andThis() : bounds.where();
        // under the names that the conditions know
        String table = POLICY.equals(this.column)
                ? "SELECT id, ts FROM (SELECT entry_id AS id, ts, policy FROM receipt_objection)"
                : "SELECT id, ts FROM receipt_entry";
        return table + where + ORDER + " LIMIT " + most;
    }

    /** The conditions, and that an entry meets this one. */
    Clause check(Clause conditions) {
        String value = String.valueOf(this.value);
        return POLICY.equals(this.column)
                ? conditions.and(
                        "EXISTS (SELECT 1 FROM receipt_objection WHERE policy = ? AND ts = receipt_entry.ts"
                                + " AND entry_id = receipt_entry.id)",
                        value)
                : conditions.and(this.column + " = ?", value);
    }
}
