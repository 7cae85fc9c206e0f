package cloud.enact.encryption.jdbc;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.WrappedKey;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.jdbc.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Wrapped keys in PostgreSQL, for several processes, in a schema of their own, so that receipts can be dumped and kept
 * without the keys to them. What the server writes beside its tables, such as write-ahead log and backups, holds an erased
 * key as long as it is kept. Thread-safe.
 */
public final class JdbcKeyTable implements KeyTable, AutoCloseable {

    private static final int READERS = 2;

    private final Connections connections;

    private final String columns;

    private final String put;

    private final String rewrap;

    private final String erase;

    private JdbcKeyTable(Connections connections, SchemaName schema) {
        Sql sql = new Sql(schema.quoted());
        this.connections = connections;
        this.columns = sql.of("SELECT kid, subject, master, wrapped FROM enact.encryption_key");
        this.put = sql.of("SELECT kid, subject, master, wrapped FROM enact.encryption_put(?, ?, ?, ?)");
        this.rewrap = sql.of("SELECT enact.encryption_rewrap(?, ?, ?)");
        this.erase = sql.of("SELECT enact.encryption_erase(?)");
    }

    /**
     * Opens the table in a schema that is prepared, see {@link KeySchema}.
     *
     * @param source opens connections that nobody else uses; up to three of them are kept
     * @param timeout how long the server may take for one statement
     * @throws EncryptionException when it can't be opened, or is not prepared
     */
    public static JdbcKeyTable open(DataSource source, SchemaName schema, Duration timeout) {
        return open(new Connections(source, READERS, timeout, KeySchema.FAILURES), schema);
    }

    /**
     * Opens the table on one connection for everything.
     *
     * @param source gives the connection, which is kept
     * @throws EncryptionException when it can't be opened, or is not prepared
     */
    public static JdbcKeyTable openOnOneConnection(DataSource source, SchemaName schema, Duration timeout) {
        return open(new Connections(source, 0, timeout, KeySchema.FAILURES), schema);
    }

    private static JdbcKeyTable open(Connections connections, SchemaName schema) {
        try {
            connections.write(connection -> {
                KeySchema.require(connection, schema);
                return true;
            });
            return new JdbcKeyTable(connections, schema);
        } catch (RuntimeException ex) {
            connections.close();
            throw ex;
        }
    }

    @Override
    public Optional<WrappedKey> find(String kid) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.columns + " WHERE kid = ?")) {
                query.setString(1, kid);
                return rows(query).stream().findFirst();
            }
        });
    }

    @Override
    public Optional<WrappedKey> findBySubject(byte[] subject) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.columns + " WHERE subject = ?")) {
                query.setBytes(1, subject);
                return rows(query).stream().findFirst();
            }
        });
    }

    private static List<WrappedKey> rows(PreparedStatement query) throws SQLException {
        List<WrappedKey> keys = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                keys.add(new WrappedKey(rows.getString(1), rows.getBytes(2), rows.getString(3), rows.getBytes(4)));
            }
        }
        return keys;
    }

    @Override
    public WrappedKey putIfAbsent(WrappedKey key) {
        return this.connections.writeRepeatably(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.put)) {
                statement.setString(1, key.kid());
                statement.setBytes(2, key.subject());
                statement.setString(3, key.master());
                statement.setBytes(4, key.wrapped());
                return rows(statement).get(0);
            }
        });
    }

    @Override
    public void rewrap(WrappedKey key) {
        this.connections.writeRepeatably(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.rewrap)) {
                statement.setString(1, key.kid());
                statement.setString(2, key.master());
                statement.setBytes(3, key.wrapped());
                return statement.execute();
            }
        });
    }

    /**
     * Erases a key: all others are written to a new file of the table, and the old one is removed.
     *
     * @throws EncryptionException when it could not be erased
     */
    @Override
    public boolean erase(String kid) {
        return this.connections.writeRepeatably(connection -> answer(connection, kid));
    }

    private boolean answer(Connection connection, String kid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.erase)) {
            statement.setString(1, kid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public List<WrappedKey> wrappedByOthers(String master, @Nullable String after, int limit) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    this.columns + " WHERE wrapped IS NOT NULL AND master <> ? AND kid > ? ORDER BY kid LIMIT ?")) {
                query.setString(1, master);
                query.setString(2, (after != null) ? after : "");
                query.setInt(3, limit);
                return rows(query);
            }
        });
    }

    @Override
    public boolean isEmpty() {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.columns + " LIMIT 1")) {
                return rows(query).isEmpty();
            }
        });
    }

    /** Closes the connections. */
    @Override
    public void close() {
        this.connections.close();
    }
}
