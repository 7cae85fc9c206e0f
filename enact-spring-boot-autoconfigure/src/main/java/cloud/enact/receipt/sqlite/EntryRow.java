package cloud.enact.receipt.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code receipt_entry}, read. */
final class EntryRow {

    private static final String ALWAYS = "id, log, seq, kind, run_id, action_id, ts, action, actor, decision,"
            + " original_run_id, " + bounded("entry") + " AS entry, ";

    private EntryRow() {}

    /** The bytes of an entry, as a query names them. What somebody blew up is not brought into memory: it is damaged. */
    static String bounded(String column) {
        return "CASE WHEN length(" + column + ") <= " + EntryTables.MAX_BYTES + " THEN " + column + " END";
    }

    /** What {@link #receipt} reads. */
    static String columns(boolean complete) {
        return ALWAYS
                + (complete
                        ? "1 AS complete, system, workflow, mode"
                        : "0 AS complete, NULL AS system, NULL AS workflow, NULL AS mode");
    }

    static @Nullable String text(@Nullable EnactMode mode) {
        return (mode != null) ? mode.name() : null;
    }

    static @Nullable String text(@Nullable RunId runId) {
        return (runId != null) ? runId.toString() : null;
    }

    /** Trusts the bytes only; a column that says something else is damage, because searches go by columns. */
    static Receipt receipt(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("entry");
        Receipt receipt = Receipt.stored(
                Objects.requireNonNullElse(row.getString("log"), ""),
                row.getLong("seq"),
                (bytes != null) ? bytes : new byte[0]);
        if (receipt.damage() == null && !agrees(row, receipt)) {
            return receipt.damaged("the columns of its row say something else than its bytes");
        }
        return receipt;
    }

    private static boolean agrees(ResultSet row, Receipt receipt) throws SQLException {
        return receipt.kind().name().equals(row.getString("kind"))
                && receipt.runId().toString().equals(row.getString("run_id"))
                && receipt.actionId().toString().equals(row.getString("action_id"))
                && EntryTables.micros(receipt.timestamp()) == row.getLong("ts")
                && receipt.action().equals(row.getString("action"))
                && receipt.actor().equals(row.getString("actor"))
                && Objects.equals(receipt.decision(), row.getString("decision"))
                && Objects.equals(text(receipt.originalRunId()), row.getString("original_run_id"))
                && (row.getInt("complete") == 0 || agreesWithColumnsAddedLater(row, receipt));
    }

    private static boolean agreesWithColumnsAddedLater(ResultSet row, Receipt receipt) throws SQLException {
        return receipt.system().equals(row.getString("system"))
                && Objects.equals(receipt.workflow(), row.getString("workflow"))
                && Objects.equals(text(receipt.mode()), row.getString("mode"));
    }
}
