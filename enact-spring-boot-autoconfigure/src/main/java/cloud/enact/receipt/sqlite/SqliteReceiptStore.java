package cloud.enact.receipt.sqlite;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Keeps receipts in one SQLite file, readable for its owner only. Several processes may open the same file; each writes
 * a log of its own, see {@link #lease}. Thread-safe.
 */
public final class SqliteReceiptStore implements ReceiptStore, AutoCloseable {

    private static final String COLUMNS =
            "id, log, seq, kind, run_id, action_id, ts, action, actor, decision, original_run_id, entry";

    private final Path file;

    private final Connections connections;

    private SqliteReceiptStore(Path file, Connections connections) {
        this.file = file;
        this.connections = connections;
    }

    /**
     * Loads the library that reads and writes such files; the first file that is opened waits for it otherwise.
     *
     * @throws Exception when it can't be loaded, as opening a file will say again
     */
    public static void loadLibrary() throws Exception {
        SQLiteJDBCLoader.initialize();
    }

    /**
     * Opens the file, and makes it and missing folders for the owner alone.
     *
     * @throws ReceiptStoreException when it can't be opened, or was written by a newer version
     */
    public static SqliteReceiptStore open(Path file) {
        Path prepared = PrivateFiles.prepare(file);
        SqliteReceiptStore store = new SqliteReceiptStore(prepared, Connections.writing(prepared));
        try {
            store.connections.write(connection -> {
                Schema.prepare(connection);
                return true;
            });
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    /**
     * Opens a file that exists for reading, while an application writes it or on a disk that can't be written. Appending
     * and leasing are refused.
     *
     * @throws ReceiptStoreException when it is not there, can't be read, or was written by a newer version
     */
    public static SqliteReceiptStore openReadOnly(Path file) {
        Path existing = PrivateFiles.existing(file);
        SqliteReceiptStore store = new SqliteReceiptStore(existing, Connections.readingOnly(existing));
        try {
            store.connections.read(connection -> {
                Schema.require(connection);
                return true;
            });
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    /** The file, without symbolic links in its folders. */
    public Path file() {
        return this.file;
    }

    /**
     * Leases a log for one writer: the first that nobody writes, else a new one.
     *
     * @param ids gives the id of a new log
     */
    public LogLease lease(IdGenerator ids) {
        for (String log : logs()) {
            // the id becomes part of a file name, and the file may have been altered
            if (isUuid(log)) {
                Optional<LogLease> lease = LogLease.tryAcquire(this.file, log);
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
        }
        String log = ids.next().toString();
        LogLease lease = LogLease.tryAcquire(this.file, log)
                .orElseThrow(() -> new ReceiptStoreException("A new receipt log is leased already; start again", null));
        try {
            this.connections.write(connection -> {
                insertLog(connection, log);
                return true;
            });
            return lease;
        } catch (RuntimeException ex) {
            lease.close();
            throw ex;
        }
    }

    /** Whether somebody holds the lease of a log at this moment: another process, or this one. */
    public boolean isLeased(String log) {
        return isUuid(log) && LogLease.isHeld(this.file, log);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    private static void insertLog(Connection connection, String log) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR IGNORE INTO receipt_log VALUES (?)")) {
            insert.setString(1, log);
            insert.executeUpdate();
        }
    }

    @Override
    public void append(List<Receipt> batch) {
        if (batch.isEmpty()) {
            return;
        }
        this.connections.write(connection -> {
            if (batch.get(0).seq() == 1) {
                insertLog(connection, batch.get(0).log());
            }
            try (EntryWriter writer = new EntryWriter(connection)) {
                for (Receipt receipt : batch) {
                    if (!receipt.log().equals(batch.get(0).log())) {
                        throw new IllegalArgumentException("A batch holds entries of one log");
                    }
                    writer.write(receipt);
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return one("SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? AND seq = ?", log, seq);
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        List<Receipt> entries = many(
                "SELECT " + COLUMNS + " FROM receipt_entry WHERE run_id = ? ORDER BY id LIMIT ?",
                runId.toString(),
                MAX_RUN + 1);
        if (entries.size() > MAX_RUN) {
            throw new ReceiptStoreException(
                    "Run " + runId + " has more than " + MAX_RUN + " entries; page through it with a query", null);
        }
        return entries;
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
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
        List<Receipt> found = many(
                "SELECT " + COLUMNS + " FROM receipt_entry" + where + " ORDER BY ts DESC, id DESC LIMIT ?",
                where.values().toArray());
        if (found.size() <= limit) {
            return new ReceiptPage(found, null);
        }
        List<Receipt> page = found.subList(0, limit);
        return new ReceiptPage(page, ReceiptCursor.of(page.get(limit - 1)));
    }

    @Override
    public Optional<Receipt> head(String log) {
        return one("SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? ORDER BY seq DESC LIMIT 1", log);
    }

    /** Steps through the index from log to log, so that it costs the same however many entries there are. */
    @Override
    public List<String> logs() {
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

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        requireLimit(limit);
        return many(
                "SELECT " + COLUMNS + " FROM receipt_entry WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ?",
                log,
                fromSeq,
                limit);
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
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
                        + " e.original_run_id, e.entry"
                        + " FROM receipt_open o CROSS JOIN receipt_entry e ON e.id = o.entry_id" + where
                        + " ORDER BY o.ts, o.entry_id LIMIT ?",
                where.values().toArray());
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + MAX_LIMIT);
        }
    }

    private Optional<Receipt> one(String sql, Object... values) {
        return many(sql, values).stream().findFirst();
    }

    private List<Receipt> many(String sql, Object... values) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    query.setObject(i + 1, values[i]);
                }
                List<Receipt> receipts = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        receipts.add(EntryRow.receipt(rows));
                    }
                }
                return receipts;
            }
        });
    }

    /** Closes the file. Leases are closed on their own, after it. */
    @Override
    public void close() {
        this.connections.close();
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
