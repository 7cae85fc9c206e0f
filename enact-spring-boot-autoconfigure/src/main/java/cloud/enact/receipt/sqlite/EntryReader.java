package cloud.enact.receipt.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.RunTooLargeException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries, as {@link ReceiptStore} promises. Thread-safe. */
final class EntryReader {

    private static final String COLUMNS =
            "id, log, seq, kind, run_id, action_id, ts, action, actor, decision, original_run_id, "
                    + EntryRow.bounded("entry") + " AS entry";

    private final Connections connections;

    EntryReader(Connections connections) {
        this.connections = connections;
    }

    Optional<Receipt> find(String log, long seq) {
        return one("SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? AND seq = ?", log, seq);
    }

    List<Receipt> findByRun(RunId runId) {
        return this.connections.read(connection -> {
            List<Receipt> entries = new ArrayList<>();
            long bytes = 0;
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM receipt_entry WHERE run_id = ? ORDER BY id")) {
                query.setString(1, runId.toString());
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
        requireLimit(limit);
        Where where = new Where();
        where.equal("run_id", EntryRow.text(filter.runId()));
        where.equal("original_run_id", EntryRow.text(filter.originalRunId()));
        where.equal("kind", (filter.kind() != null) ? filter.kind().name() : null);
        where.equal("action", filter.action());
        where.equal("actor", filter.actor());
        where.equal("decision", filter.decision());
        if (filter.since() != null) {
            where.and("ts >= ?", EntryRow.micros(filter.since()));
        }
        if (filter.until() != null) {
            where.and("ts < ?", EntryRow.micros(filter.until()));
        }
        if (after != null) {
            where.and(
                    "(ts, id) < (?, coalesce((SELECT id FROM receipt_entry WHERE log = ? AND seq = ?), 0))",
                    EntryRow.micros(after.timestamp()),
                    after.log(),
                    after.seq());
        }
        where.values().add(limit + 1);
        List<Row> found = rows(
                Long.MAX_VALUE,
                "SELECT " + COLUMNS + " FROM receipt_entry" + where + " ORDER BY ts DESC, id DESC LIMIT ?",
                where.values().toArray());
        List<Receipt> page = found.stream().limit(limit).map(Row::receipt).toList();
        return new ReceiptPage(
                page, (found.size() > limit) ? found.get(limit - 1).cursor() : null);
    }

    Optional<Receipt> head(String log) {
        return one("SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? ORDER BY seq DESC LIMIT 1", log);
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
        requireLimit(limit);
        List<Row> page = rows(
                ReceiptStore.MAX_RUN_BYTES,
                "SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ?",
                log,
                fromSeq,
                limit);
        return page.stream().map(Row::receipt).toList();
    }

    List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        requireLimit(limit);
        Where where = new Where();
        if (after != null) {
            where.and(
                    "(o.ts, o.entry_id) > (?, coalesce((SELECT id FROM receipt_entry WHERE log = ? AND seq = ?), 0))",
                    EntryRow.micros(after.timestamp()),
                    after.log(),
                    after.seq());
        }
        where.values().add(limit);
        return many(
                "SELECT e.id, e.log, e.seq, e.kind, e.run_id, e.action_id, e.ts, e.action, e.actor, e.decision,"
                        + " e.original_run_id, " + EntryRow.bounded("e.entry") + " AS entry"
                        + " FROM receipt_open o CROSS JOIN receipt_entry e ON e.id = o.entry_id" + where
                        + " ORDER BY o.ts, o.entry_id LIMIT ?",
                where.values().toArray());
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > ReceiptStore.MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + ReceiptStore.MAX_LIMIT);
        }
    }

    private Optional<Receipt> one(String sql, Object... values) {
        return many(sql, values).stream().findFirst();
    }

    private List<Receipt> many(String sql, Object... values) {
        return rows(Long.MAX_VALUE, sql, values).stream().map(Row::receipt).toList();
    }

    /** Rows until they hold so many bytes. */
    private List<Row> rows(long bytes, String sql, Object... values) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    query.setObject(i + 1, values[i]);
                }
                List<Row> found = new ArrayList<>();
                long left = bytes;
                try (ResultSet rows = query.executeQuery()) {
                    while (left > 0 && rows.next()) {
                        Receipt receipt = EntryRow.receipt(rows);
                        found.add(new Row(receipt, rows.getLong("ts")));
                        left -= receipt.size();
                    }
                }
                return found;
            }
        });
    }

    private record Row(Receipt receipt, long micros) {

        /** The key by which the row was found: its bytes may say another time, and lead astray or in circles. */
        private ReceiptCursor cursor() {
            return new ReceiptCursor(EntryRow.instant(this.micros), this.receipt.log(), this.receipt.seq());
        }
    }

    /** Conditions that all must hold, with their values. */
    private static final class Where {

        private final List<String> conditions = new ArrayList<>();

        private final List<Object> values = new ArrayList<>();

        private void equal(String column, @Nullable String value) {
            if (value != null) {
                and(column + " = ?", value);
            }
        }

        private void and(String condition, Object... values) {
            this.conditions.add(condition);
            this.values.addAll(List.of(values));
        }

        private List<Object> values() {
            return this.values;
        }

        @Override
        public String toString() {
            return this.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", this.conditions);
        }
    }
}
