package cloud.enact.receipt.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.RunTooLargeException;
import cloud.enact.sqlite.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries, as {@link ReceiptStore} promises. Thread-safe. */
final class EntryReader {

    private final Connections connections;

    private volatile boolean complete;

    EntryReader(Connections connections) {
        this.connections = connections;
    }

    Optional<Receipt> find(String log, long seq) {
        return one("FROM receipt_entry WHERE log = ? AND seq = ?", log, seq);
    }

    List<Receipt> findByRun(RunId runId) {
        return this.connections.read(connection -> {
            List<Receipt> entries = new ArrayList<>();
            long bytes = 0;
            // places first: of a run that is too large no more than those are sorted
            try (PreparedStatement query = connection.prepareStatement("SELECT " + columns(connection)
                    + " FROM receipt_entry WHERE id IN (SELECT id FROM receipt_entry WHERE run_id = ? LIMIT ?)"
                    + " ORDER BY id")) {
                query.setString(1, runId.toString());
                query.setInt(2, ReceiptStore.MAX_RUN + 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        Receipt entry = EntryRow.receipt(rows);
                        bytes += entry.size();
                        if (entries.size() == ReceiptStore.MAX_RUN || bytes > ReceiptStore.MAX_RUN_BYTES) {
                            throw new RunTooLargeException(runId);
                        }
                        entries.add(entry);
                    }
                }
            }
            return entries;
        });
    }

    ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        return this.connections.read(
                connection -> new EntrySearch(connection, isComplete(connection), filter, after).page(limit));
    }

    Optional<Receipt> head(String log) {
        return one("FROM receipt_entry WHERE log = ? ORDER BY seq DESC LIMIT 1", log);
    }

    /** Steps through the index from log to log, so that it costs the same however many entries there are. */
    List<String> logs() {
        return this.connections.read(connection -> {
            List<String> logs = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("WITH RECURSIVE known(log) AS ("
                            + "SELECT min(log) FROM receipt_entry UNION ALL"
                            + " SELECT (SELECT min(log) FROM receipt_entry WHERE log > known.log) FROM known"
                            + " WHERE known.log IS NOT NULL)"
                            + " SELECT log FROM known WHERE log IS NOT NULL UNION SELECT log FROM receipt_log"
                            + " WHERE log IS NOT NULL"
                            + " ORDER BY log");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    logs.add(rows.getString(1));
                }
            }
            return List.copyOf(logs);
        });
    }

    List<Receipt> read(String log, long fromSeq, int limit) {
        ReceiptStore.requireLimit(limit);
        return rows(
                ReceiptStore.MAX_RUN_BYTES,
                "FROM receipt_entry WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ?",
                log,
                fromSeq,
                limit);
    }

    List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        List<Object> values = new ArrayList<>();
        String rest = "";
        if (after != null) {
            rest =
                    " WHERE (open_ts, entry_id) > (?, coalesce((SELECT id FROM receipt_entry WHERE log = ? AND seq = ?), 0))";
            values.addAll(List.of(EntryTables.micros(after.timestamp()), after.log(), after.seq()));
        }
        values.add(limit);
        return many(
                "FROM (SELECT ts AS open_ts, entry_id FROM receipt_open) CROSS JOIN receipt_entry ON id = entry_id"
                        + rest + " ORDER BY open_ts, entry_id LIMIT ?",
                values.toArray());
    }

    private String columns(Connection connection) throws SQLException {
        return EntryRow.columns(isComplete(connection));
    }

    /** Asks again as long as the answer is no: whoever only reads may see the file upgraded. */
    private boolean isComplete(Connection connection) throws SQLException {
        if (!this.complete) {
            this.complete = Schema.hasAllColumns(connection);
        }
        return this.complete;
    }

    private Optional<Receipt> one(String from, Object... values) {
        return many(from, values).stream().findFirst();
    }

    private List<Receipt> many(String from, Object... values) {
        return rows(Long.MAX_VALUE, from, values);
    }

    /** Rows until they hold so many bytes. */
    private List<Receipt> rows(long bytes, String from, Object... values) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT " + columns(connection) + " " + from)) {
                for (int i = 0; i < values.length; i++) {
                    query.setObject(i + 1, values[i]);
                }
                List<Receipt> found = new ArrayList<>();
                long left = bytes;
                try (ResultSet rows = query.executeQuery()) {
                    while (left > 0 && rows.next()) {
                        Receipt receipt = EntryRow.receipt(rows);
                        found.add(receipt);
                        left -= receipt.size();
                    }
                }
                return found;
            }
        });
    }
}
