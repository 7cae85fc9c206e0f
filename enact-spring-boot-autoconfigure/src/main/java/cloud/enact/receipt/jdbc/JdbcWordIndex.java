package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.jdbc.SchemaScripts;
import cloud.enact.jdbc.Sql;
import cloud.enact.jdbc.Transaction;
import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.search.WordIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Words of receipts in PostgreSQL, in a schema of their own beside that of the receipts: its tables can be changed and
 * thrown away, which those of the receipts can't. Uses connections of its own. Thread-safe.
 */
public final class JdbcWordIndex implements WordIndex, AutoCloseable {

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS enact.place (log text COLLATE \"C\" PRIMARY KEY, seq bigint NOT NULL,"
                    + " ts bigint NOT NULL, signature text NOT NULL)",
            "CREATE TABLE IF NOT EXISTS enact.entry (log text COLLATE \"C\" NOT NULL, seq bigint NOT NULL,"
                    + " ts bigint NOT NULL, words tsvector NOT NULL, PRIMARY KEY (log, seq))",
            "CREATE INDEX IF NOT EXISTS entry_words ON enact.entry USING gin (words)",
            "CREATE INDEX IF NOT EXISTS entry_time ON enact.entry (ts, log, seq)");

    private final Connections connections;

    private final Sql sql;

    private JdbcWordIndex(Connections connections, Sql sql) {
        this.connections = connections;
        this.sql = sql;
    }

    /**
     * Opens the index, and makes its schema and tables unless they are there.
     *
     * @param source opens connections that nobody else uses; up to two of them are kept
     * @param schema of the words alone: they are thrown away with it
     * @param timeout how long the server may take for one statement
     * @throws ReceiptStoreException when they are not there and can't be made
     */
    public static JdbcWordIndex open(DataSource source, SchemaName schema, Duration timeout) {
        return open(new Connections(source, 1, timeout, Failure.OF_WORDS), schema);
    }

    /**
     * Opens the index on one connection for everything.
     *
     * @param source gives the connection, which is kept
     * @throws ReceiptStoreException when its schema and tables are not there and can't be made
     */
    public static JdbcWordIndex openOnOneConnection(DataSource source, SchemaName schema, Duration timeout) {
        return open(new Connections(source, 0, timeout, Failure.OF_WORDS), schema);
    }

    private static JdbcWordIndex open(Connections connections, SchemaName schema) {
        JdbcWordIndex index = new JdbcWordIndex(connections, new Sql(schema.quoted()));
        try {
            connections.write(connection -> index.prepare(connection, schema));
            return index;
        } catch (ReceiptStoreException ex) {
            index.close();
            throw new ReceiptStoreException(
                    "The index of words can't be made in schema " + schema.name()
                            + "; make the schema as a role that may: CREATE SCHEMA " + schema.quoted()
                            + " AUTHORIZATION and the role of the application",
                    ex);
        }
    }

    private boolean prepare(Connection connection, SchemaName schema) throws SQLException {
        try (Transaction transaction = new Transaction(connection);
                Statement statement = connection.createStatement()) {
            transaction.begin();
            // of several nodes that start at once one does the work
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('enact.receipt_search', 0))");
            SchemaScripts.makeUnlessThere(connection, schema);
            for (String table : TABLES) {
                statement.execute(this.sql.of(table));
            }
            transaction.commit();
            return true;
        }
    }

    @Override
    public void forget(String log, long before) {
        this.connections.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement(this.sql.of("DELETE FROM enact.entry WHERE log = ? AND seq < ?"))) {
                delete.setString(1, ColumnText.of(log));
                delete.setLong(2, before);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public void clear() {
        this.connections.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(this.sql.of("TRUNCATE enact.place, enact.entry"));
            }
        });
    }

    @Override
    public Optional<Place> reached(String log) {
        return this.connections.read(connection -> reached(connection, log, ""));
    }

    private Optional<Place> reached(Connection connection, String log, String lock) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                this.sql.of("SELECT ts, log, seq, signature FROM enact.place WHERE log = ?" + lock))) {
            query.setString(1, ColumnText.of(log));
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
            try (Transaction transaction = new Transaction(connection)) {
                transaction.begin();
                Optional<Place> now = reached(connection, first.log(), " FOR UPDATE");
                if (now.map(place -> place.key().seq()).orElse(0L) != reached) {
                    return false;
                }
                insert(connection, entries);
                remember(connection, entries.get(entries.size() - 1).place());
                transaction.commit();
                return true;
            }
        });
    }

    private void insert(Connection connection, List<Entry> entries) throws SQLException {
        // two nodes may begin with the same log at the same moment
        try (PreparedStatement insert = connection.prepareStatement(this.sql.of("INSERT INTO enact.entry VALUES"
                + " (?, ?, ?, array_to_tsvector(?)) ON CONFLICT (log, seq) DO NOTHING"))) {
            for (Entry entry : entries) {
                if (!entry.words().isEmpty()) {
                    ReceiptCursor key = entry.place().key();
                    insert.setString(1, ColumnText.of(key.log()));
                    insert.setLong(2, key.seq());
                    insert.setLong(3, EntryTables.micros(key.timestamp()));
                    insert.setArray(
                            4, connection.createArrayOf("text", entry.words().toArray()));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void remember(Connection connection, Place place) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(this.sql.of("INSERT INTO enact.place VALUES"
                + " (?, ?, ?, ?) ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, ts = excluded.ts,"
                + " signature = excluded.signature WHERE place.seq < excluded.seq"))) {
            insert.setString(1, ColumnText.of(place.key().log()));
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
        String match = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & "));
        List<Object> values = new ArrayList<>(List.of(match));
        StringBuilder where = new StringBuilder("words @@ ?::tsquery");
        if (since != null) {
            where.append(" AND ts >= ?");
            values.add(EntryTables.micros(since));
        }
        if (until != null) {
            where.append(" AND ts < ?");
            values.add(EntryTables.micros(until));
        }
        if (after != null) {
            where.append(" AND (ts, log, seq) < (?, ?, ?)");
            values.addAll(List.of(
                    EntryTables.micros(after.timestamp()), String.valueOf(ColumnText.of(after.log())), after.seq()));
        }
        return this.connections.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement(this.sql.of("SELECT ts, log, seq FROM enact.entry WHERE " + where
                            + " ORDER BY ts DESC, log DESC, seq DESC LIMIT " + limit))) {
                for (int i = 0; i < values.size(); i++) {
                    query.setObject(i + 1, values.get(i));
                }
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

    @Override
    public void close() {
        this.connections.close();
    }
}
