package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.UndoLogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys in PostgreSQL, beside the undo log, for several processes. Of a key only its digest is kept, because a
 * key may be about a person.
 */
public final class JdbcIdempotencyKeys implements IdempotencyKeys, AutoCloseable {

    /** A key may be given back between one look and the next. */
    private static final int ATTEMPTS = 10;

    private final Connections connections;

    private final String find;

    private final String take;

    private final String use;

    private final String giveBack;

    private JdbcIdempotencyKeys(Connections connections, JdbcUndoOptions options) {
        Sql sql = new Sql(options.schema().quoted());
        this.connections = connections;
        this.find = sql.of("SELECT digest, attempt, done, reference FROM enact.undo_idempotency_key WHERE name = ?");
        this.take = sql.of("SELECT enact.undo_take_key(?, ?, ?)");
        this.use = sql.of("SELECT enact.undo_use_key(?, ?, ?)");
        this.giveBack = sql.of("SELECT enact.undo_give_key_back(?, ?)");
    }

    /**
     * Opens the keys in a schema that is prepared, see {@link UndoSchema}.
     *
     * @param source opens connections; one of them is kept
     * @throws UndoLogException when they can't be opened, or are not prepared
     */
    public static JdbcIdempotencyKeys open(DataSource source, JdbcUndoOptions options) {
        Connections connections = new Connections(source, 0, options.timeout(), Failure.OF_LOG);
        try {
            connections.write(connection -> {
                UndoSchema.require(connection, options);
                return true;
            });
            return new JdbcIdempotencyKeys(connections, options);
        } catch (RuntimeException ex) {
            connections.close();
            throw ex;
        }
    }

    @Override
    public Optional<Use> find(String scope, String key) {
        return this.connections.read(connection -> find(connection, IdempotencyKeys.name(scope, key)));
    }

    @Override
    public Optional<Use> take(String scope, String key, String digest, String attempt) {
        String name = IdempotencyKeys.name(scope, key);
        return this.connections.write(connection -> {
            for (int i = 0; i < ATTEMPTS; i++) {
                if (ask(connection, this.take, name, digest, attempt)) {
                    return Optional.empty();
                }
                Optional<Use> use = find(connection, name);
                if (use.isPresent()) {
                    return use;
                }
            }
            throw new UndoLogException("The idempotency key is taken and given back all the time", null);
        });
    }

    @Override
    public void done(String scope, String key, String attempt, @Nullable String reference) {
        this.connections.write(connection -> {
            if (!ask(connection, this.use, IdempotencyKeys.name(scope, key), attempt, reference)) {
                throw new UndoLogException("Somebody else has the idempotency key", null);
            }
            return true;
        });
    }

    @Override
    public void giveBack(String scope, String key, String attempt) {
        this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.giveBack)) {
                statement.setString(1, IdempotencyKeys.name(scope, key));
                statement.setString(2, attempt);
                return statement.execute();
            }
        });
    }

    private static boolean ask(Connection connection, String sql, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Optional<Use> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(this.find)) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Use(rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getString(4)))
                        : Optional.empty();
            }
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        this.connections.close();
    }
}
