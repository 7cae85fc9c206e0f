package cloud.enact.receipt.jdbc;

import cloud.enact.action.RunId;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.EntryTables;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries, as {@link ReceiptStore} promises. Thread-safe. */
final class EntryReader {

    /** Entries one page looks at where their bytes must be read. */
    private static final int MOST_CHECKED = 1000;

    private final Connections connections;

    private final Sql sql;

    EntryReader(Connections connections, Sql sql) {
        this.connections = connections;
        this.sql = sql;
    }

    Optional<Receipt> find(String log, long seq) {
        return one(new Where().and("log = ?", ColumnText.of(log)).and("seq = ?", seq), "seq");
    }

    Optional<Receipt> head(String log) {
        return one(new Where().and("log = ?", ColumnText.of(log)), "seq DESC");
    }

    private Optional<Receipt> one(Where where, String order) {
        return page(where, order, 1).receipts().stream().findFirst();
    }

    List<Receipt> findByRun(RunId runId) {
        // in the order of the server's clock, which never runs back within a log
        Page page = page(new Where().and("run_id = ?", runId.value()), "stored, log, seq", ReceiptStore.MAX_RUN + 1);
        if (page.found() > page.rows().size()
                || page.found() > ReceiptStore.MAX_RUN
                || page.rows().stream().mapToLong(row -> row.receipt().size()).sum() > ReceiptStore.MAX_RUN_BYTES) {
            throw new RunTooLargeException(runId);
        }
        return page.receipts();
    }

    ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        Where where = where(filter);
        if (after != null) {
            where.and(
                    "(ts, log, seq) < (?, ?, ?)",
                    EntryTables.micros(after.timestamp()),
                    ColumnText.of(after.log()),
                    after.seq());
        }
        boolean checked = hasMoreThanColumns(filter);
        Page page = page(where, "ts DESC, log DESC, seq DESC", checked ? MOST_CHECKED : limit + 1);
        List<Receipt> found = new ArrayList<>();
        @Nullable ReceiptCursor end = null;
        for (EntryRow row : page.rows()) {
            if (!checked || filter.matches(row.receipt())) {
                if (found.size() == limit) {
                    return new ReceiptPage(found, end);
                }
                found.add(row.receipt());
            }
            end = row.cursor();
        }
        boolean last = page.found() == page.rows().size() && (!checked || page.found() < MOST_CHECKED);
        return new ReceiptPage(found, last ? null : end);
    }

    /** Whether the bytes of an entry must be read to know whether it is wanted. */
    private static boolean hasMoreThanColumns(ReceiptFilter filter) {
        return filter.actionPrefix() != null
                || filter.system() != null
                || filter.workflow() != null
                || filter.mode() != null
                || filter.policy() != null;
    }

    private static Where where(ReceiptFilter filter) {
        Where where = new Where();
        where.equal("run_id = ?", EntryRow.uuid(filter.runId()));
        where.equal("original_run_id = ?", EntryRow.uuid(filter.originalRunId()));
        where.equal("action = ?", ColumnText.of(filter.action()));
        where.equal("actor = ?", ColumnText.of(filter.actor()));
        if (filter.kind() != null) {
            // says so in the text what index knows: it can't tell from a parameter
            boolean frequent = switch (filter.kind()) {
                case DECIDED, COMPLETED -> true;
                default -> false;
            };
            where.and(
                    frequent ? "kind = ?" : "kind = ? AND kind NOT IN ('DECIDED', 'COMPLETED')",
                    filter.kind().name());
        }
        if (filter.decision() != null) {
            boolean frequent = filter.decision().equals("PASS");
            where.and(
                    frequent ? "decision = ?" : "decision = ? AND decision <> 'PASS'",
                    ColumnText.of(filter.decision()));
        }
        if (filter.since() != null) {
            where.and("ts >= ?", EntryTables.micros(filter.since()));
        }
        if (filter.until() != null) {
            where.and("ts < ?", EntryTables.micros(filter.until()));
        }
        return where;
    }

    /** Steps through the index from log to log, so that it costs the same however many entries there are. */
    List<String> logs() {
        return this.connections.read(connection -> {
            List<String> logs = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(this.sql.of("WITH RECURSIVE known(log) AS ("
                            + "(SELECT log FROM enact.receipt_entry ORDER BY log LIMIT 1) UNION ALL"
                            + " SELECT (SELECT e.log FROM enact.receipt_entry e WHERE e.log > known.log"
                            + " ORDER BY e.log LIMIT 1) FROM known WHERE known.log IS NOT NULL)"
                            + " SELECT log FROM known WHERE log IS NOT NULL"
                            + " UNION SELECT log FROM enact.receipt_log ORDER BY log"));
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
        return page(new Where().and("log = ?", ColumnText.of(log)).and("seq >= ?", fromSeq), "seq", limit)
                .receipts();
    }

    List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        Where where = new Where();
        if (after != null) {
            where.and(
                    "(o.ts, o.log, o.seq) > (?, ?, ?)",
                    EntryTables.micros(after.timestamp()),
                    ColumnText.of(after.log()),
                    after.seq());
        }
        // the list first, and then its entries one by one: not the other way round
        return run(
                        "SELECT e.* FROM (SELECT * FROM enact.receipt_open o" + where
                                + " ORDER BY o.ts, o.log, o.seq LIMIT " + limit + ") o CROSS JOIN LATERAL"
                                + " (SELECT * FROM enact.receipt_entry e WHERE e.log = o.log AND e.seq = o.seq"
                                + " AND e.stored = o.stored LIMIT 1) e ORDER BY o.ts, o.log, o.seq",
                        where.values())
                .receipts();
    }

    private Page page(Where where, String order, int limit) {
        return run(
                "SELECT * FROM enact.receipt_entry" + where + " ORDER BY " + order + " LIMIT " + limit, where.values());
    }

    /** Reads what a query finds, up to so many bytes but one entry at least. */
    private Page run(String query, List<Object> values) {
        String bounded =
                this.sql.of("SELECT " + EntryRow.COLUMNS + ", found FROM (SELECT q.*, count(*) OVER () AS found,"
                        + " sum(" + EntryRow.size("q.entry") + ") OVER (ROWS UNBOUNDED PRECEDING) - "
                        + EntryRow.size("q.entry") + " AS before FROM (" + query + ") q) w WHERE before <= "
                        + ReceiptStore.MAX_RUN_BYTES);
        return this.connections.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(bounded)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    List<EntryRow> found = new ArrayList<>();
                    long count = 0;
                    while (rows.next()) {
                        found.add(EntryRow.of(rows));
                        count = rows.getLong("found");
                    }
                    return new Page(found, count);
                }
            }
        });
    }

    /**
     * What was read.
     *
     * @param found how many there were, with those that are not here because they are too large together
     */
    private record Page(List<EntryRow> rows, long found) {

        private List<Receipt> receipts() {
            return this.rows.stream().map(EntryRow::receipt).toList();
        }
    }

    /** Conditions that all must hold, with their values. */
    private static final class Where {

        private final List<String> conditions = new ArrayList<>();

        private final List<Object> values = new ArrayList<>();

        private void equal(String condition, @Nullable Object value) {
            if (value != null) {
                and(condition, value);
            }
        }

        private Where and(String condition, @Nullable Object... values) {
            this.conditions.add(condition);
            for (Object value : values) {
                this.values.add(Objects.requireNonNull(value));
            }
            return this;
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
