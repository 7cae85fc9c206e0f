package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.search.WordIndex;
import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Words of receipts in a SQLite file of their own, readable for its owner only: filling it never keeps the log waiting,
 * and deleting it loses nothing. Thread-safe.
 */
public final class SqliteWordIndex implements WordIndex, AutoCloseable {

    private static final Log logger = LogFactory.getLog(SqliteWordIndex.class);

    /** Numbers for the entries of one microsecond, so that the order of numbers is that of times. */
    private static final long PER_MICRO = 2048;

    private static final long MAX_MICROS = Long.MAX_VALUE / PER_MICRO - 1;

    private final Connections connections;

    private SqliteWordIndex(Connections connections) {
        this.connections = connections;
    }

    /** The file of the index that belongs to a store: {@code enact-search.db} for {@code enact.db}. */
    public static Path beside(Path store) {
        String name = String.valueOf(store.getFileName());
        int dot = name.lastIndexOf('.');
        return store.resolveSibling(
                (dot > 0) ? name.substring(0, dot) + "-search" + name.substring(dot) : name + "-search");
    }

    /**
     * Opens the file, and makes it for the owner alone. One that is damaged is made anew.
     *
     * @throws ReceiptStoreException when it can't be opened
     */
    public static SqliteWordIndex open(Path file) {
        try {
            return openOnce(file);
        } catch (ReceiptStoreException ex) {
            if (!isDamaged(ex)) {
                throw ex;
            }
            logger.warn("The index of words " + file + " is damaged and made anew from the receipts");
            remove(file);
            return openOnce(file);
        }
    }

    private static boolean isDamaged(ReceiptStoreException ex) {
        return ex.getCause() instanceof SQLiteException sqlite
                && switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)) {
                    case SQLITE_NOTADB, SQLITE_CORRUPT -> true;
                    default -> false;
                };
    }

    private static void remove(Path file) {
        try {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
            }
        } catch (IOException ex) {
            throw new ReceiptStoreException("The index of words " + file + " is damaged and can't be removed", ex);
        }
    }

    private static SqliteWordIndex openOnce(Path file) {
        SqliteWordIndex index = new SqliteWordIndex(
                new Connections(DatabaseFile.prepare(file, DatabaseFile.Use.WRITING, Failure.ofWords(file))));
        try {
            index.connections.write(connection -> {
                if (!WordTables.areThere(connection)) {
                    WordTables.make(connection);
                }
                return true;
            });
            return index;
        } catch (RuntimeException ex) {
            index.close();
            throw ex;
        }
    }

    /**
     * Opens a file that exists for reading.
     *
     * @throws ReceiptStoreException when it is not there, can't be read, or is of another version
     */
    public static SqliteWordIndex openReadOnly(Path file) {
        if (!Files.exists(file)) {
            throw new ReceiptStoreException(
                    "There is no index of words " + file + "; set enact.receipts.search.enabled=true, or run"
                            + " 'enact receipts reindex'",
                    null);
        }
        SqliteWordIndex index =
                new SqliteWordIndex(new Connections(DatabaseFile.existing(file, Failure.ofWords(file))));
        try {
            if (!index.connections.read(WordTables::areThere)) {
                throw new ReceiptStoreException(
                        "The index of words " + file + " is of another version; run 'enact receipts reindex'", null);
            }
            return index;
        } catch (RuntimeException ex) {
            index.close();
            throw ex;
        }
    }

    @Override
    public void clear() {
        this.connections.write(connection -> {
            WordTables.make(connection);
            return true;
        });
    }

    @Override
    public Optional<Place> reached(String log) {
        return this.connections.read(connection -> reached(connection, log));
    }

    private static Optional<Place> reached(Connection connection, String log) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT ts, log, seq, signature FROM search_place WHERE log = ?")) {
            query.setString(1, log);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Place(key(row), row.getString(4))) : Optional.empty();
            }
        }
    }

    private static ReceiptCursor key(ResultSet row) throws SQLException {
        return new ReceiptCursor(EntryTables.instant(row.getLong(1)), row.getString(2), row.getLong(3));
    }

    @Override
    public void add(long reached, List<Entry> entries) {
        ReceiptCursor first = entries.get(0).place().key();
        this.connections.write(connection -> {
            Optional<Place> now = reached(connection, first.log());
            if (now.map(place -> place.key().seq()).orElse(0L) != reached) {
                return false;
            }
            for (Entry entry : entries) {
                if (!entry.words().isEmpty()) {
                    add(connection, entry);
                }
            }
            remember(connection, entries.get(entries.size() - 1).place());
            return true;
        });
    }

    private static void add(Connection connection, Entry entry) throws SQLException {
        ReceiptCursor key = entry.place().key();
        long micros = EntryTables.micros(key.timestamp());
        long id = free(connection, number(micros));
        try (PreparedStatement place = connection.prepareStatement("INSERT INTO search_entry VALUES (?, ?, ?, ?)");
                PreparedStatement words =
                        connection.prepareStatement("INSERT INTO search_word (rowid, words) VALUES (?, ?)")) {
            place.setLong(1, id);
            place.setString(2, key.log());
            place.setLong(3, key.seq());
            place.setLong(4, micros);
            place.executeUpdate();
            words.setLong(1, id);
            words.setString(2, String.join(" ", entry.words()));
            words.executeUpdate();
        }
    }

    private static long number(long micros) {
        return Math.max(0, Math.min(MAX_MICROS, micros)) * PER_MICRO;
    }

    /** The first number from this one on that no entry has: a crowded microsecond borrows from the next. */
    private static long free(Connection connection, long from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM search_entry WHERE id = ?1) THEN (SELECT e.id + 1 FROM"
                        + " search_entry e WHERE e.id >= ?1 AND NOT EXISTS"
                        + " (SELECT 1 FROM search_entry n WHERE n.id = e.id + 1) ORDER BY e.id LIMIT 1) ELSE ?1 END")) {
            query.setLong(1, from);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : from;
            }
        }
    }

    private static void remember(Connection connection, Place place) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO search_place VALUES (?, ?, ?, ?)")) {
            insert.setString(1, place.key().log());
            insert.setLong(2, place.key().seq());
            insert.setLong(3, EntryTables.micros(place.key().timestamp()));
            insert.setString(4, place.signature());
            insert.executeUpdate();
        }
    }

    @Override
    public List<ReceiptCursor> find(
            Set<String> words,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable ReceiptCursor after,
            int limit) {
        // words are letters and digits: nothing in them can end the quotes
        String match = words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
        long from = (since != null) ? number(EntryTables.micros(since)) : 0;
        return this.connections.read(connection -> {
            long before = (until != null) ? number(EntryTables.micros(until)) : Long.MAX_VALUE;
            if (after != null) {
                before = Math.min(before, number(connection, after));
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT e.ts, e.log, e.seq FROM search_word w"
                    + " CROSS JOIN search_entry e ON e.id = w.rowid WHERE w.search_word MATCH ? AND w.rowid >= ?"
                    + " AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?")) {
                query.setString(1, match);
                query.setLong(2, from);
                query.setLong(3, before);
                query.setInt(4, limit);
                List<ReceiptCursor> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(key(row));
                    }
                }
                return found;
            }
        });
    }

    /** The number of an entry; of one that is not there the first that could be its own. */
    private static long number(Connection connection, ReceiptCursor key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id FROM search_entry WHERE log = ? AND seq = ?")) {
            query.setString(1, key.log());
            query.setLong(2, key.seq());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : number(EntryTables.micros(key.timestamp()));
            }
        }
    }

    @Override
    public void close() {
        this.connections.close();
    }
}
