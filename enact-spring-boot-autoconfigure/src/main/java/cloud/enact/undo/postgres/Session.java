package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection with settings under which text means the same everywhere. */
final class Session {

    /** As pg_dump pins them; names in our statements are written out, so nothing is looked up on a path. */
    private static final List<String> PINS = List.of(
            "search_path = pg_catalog, pg_temp",
            "standard_conforming_strings = on",
            "extra_float_digits = 1",
            "DateStyle = 'ISO, YMD'",
            "IntervalStyle = 'postgres'",
            "bytea_output = 'hex'",
            "TimeZone = 'UTC'",
            "lc_monetary = 'C'",
            "xmloption = 'content'",
            "transform_null_equals = off",
            "row_security = off");

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Runs work in one transaction, which is rolled back if it throws or does not ask for a commit. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        boolean autoCommit = this.connection.getAutoCommit();
        if (!autoCommit) {
            // whatever the caller left behind is not ours to commit
            this.connection.rollback();
        }
        this.connection.setAutoCommit(false);
        try {
            // our own changes are no governed ones
            execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE; SET LOCAL "
                    + String.join("; SET LOCAL ", PINS));
            T result = work.run(this);
            this.connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error ex) {
            rollback(ex);
            throw ex;
        } finally {
            this.connection.setAutoCommit(autoCommit);
        }
    }

    private void rollback(Throwable why) {
        try {
            this.connection.rollback();
        } catch (SQLException ex) {
            why.addSuppressed(ex);
        }
    }

    /** Undoes what the transaction did so far, settings included. */
    void forget() throws SQLException {
        this.connection.rollback();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            // a name may look like an escape of JDBC
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    long update(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return statement.executeLargeUpdate(sql);
        }
    }

    /** The number in the first column of the first row. */
    long number(String sql) throws SQLException {
        List<Long> found = list(sql, row -> row.getLong(1));
        return found.isEmpty() ? 0 : found.get(0);
    }

    boolean holds(String sql, Object... parameters) throws SQLException {
        List<Boolean> found = list(sql, row -> row.getBoolean(1), parameters);
        return !found.isEmpty() && found.get(0);
    }

    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof String[] texts) {
                    statement.setArray(i + 1, this.connection.createArrayOf("text", texts));
                } else if (parameters[i] instanceof Long[] numbers) {
                    statement.setArray(i + 1, this.connection.createArrayOf("bigint", numbers));
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    /** What happens inside a transaction. */
    interface Work<T> {

        T run(Session session) throws SQLException;
    }

    /** Reads the current row. */
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }
}
