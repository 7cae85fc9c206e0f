package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.ReceiptParts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The monthly partitions of the store, for the role that owns them: nobody else may drop one. Thread-safe. */
public final class Partitions implements ReceiptParts {

    private static final String PREFIX = "receipt_entry_";

    private final DataSource owner;

    private final JdbcReceiptOptions options;

    private final Sql sql;

    /**
     * Names the role.
     *
     * @param owner its connections
     */
    public Partitions(DataSource owner, JdbcReceiptOptions options) {
        this.owner = owner;
        this.options = options;
        this.sql = new Sql(options.schema().quoted());
    }

    @Override
    public Optional<Part> oldest(Duration retention) {
        return work("read", connection -> {
            YearMonth month = oldestMonth(connection);
            if (month == null
                    || start(month.plusMonths(1))
                            .toInstant()
                            .isAfter(now(connection).minus(retention))) {
                return Optional.empty();
            }
            Map<String, Long> ends = ends(connection, name(month));
            return Optional.of(new Part(name(month), ends, kept(connection, month, ends)));
        });
    }

    @Override
    public void drop(Part part) {
        work("pruned", connection -> {
            try (Statement statement = connection.createStatement()) {
                // whoever reads or writes waits as long as this waits for them
                statement.execute("SET lock_timeout = '5s'");
                statement.execute("DROP TABLE IF EXISTS " + table(part.name()));
                return true;
            }
        });
    }

    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private @Nullable YearMonth oldestMonth(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT min(c.relname) FROM pg_inherits i"
                + " JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ?::regclass"
                + " AND c.relname ~ '^" + PREFIX + "[0-9]{4}_[0-9]{2}$'")) {
            query.setString(1, table("receipt_entry"));
            try (ResultSet row = query.executeQuery()) {
                String name = row.next() ? row.getString(1) : null;
                return (name != null)
                        ? YearMonth.parse(name.substring(PREFIX.length()).replace('_', '-'))
                        : null;
            }
        }
    }

    private Map<String, Long> ends(Connection connection, String partition) throws SQLException {
        Map<String, Long> ends = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT log, max(seq) FROM " + table(partition) + " GROUP BY log")) {
            while (rows.next()) {
                ends.put(rows.getString(1), rows.getLong(2));
            }
        }
        return ends;
    }

    private Optional<String> kept(Connection connection, YearMonth month, Map<String, Long> ends) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                this.sql.of("SELECT count(*) FROM enact.receipt_open WHERE stored >= ? AND stored < ?"))) {
            query.setObject(1, start(month));
            query.setObject(2, start(month.plusMonths(1)));
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getLong(1) > 0) {
                    return Optional.of(
                            "Partition " + name(month) + " holds decisions without an outcome: " + row.getLong(1));
                }
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(this.sql.of("SELECT log, seq FROM enact.receipt_log"))) {
            while (rows.next()) {
                Long end = ends.get(rows.getString(1));
                if (end != null && end >= rows.getLong(2)) {
                    return Optional.of("Partition " + name(month) + " holds the end of receipt log " + rows.getString(1)
                            + ", which the next entry is chained to");
                }
            }
        }
        return Optional.empty();
    }

    private static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static String name(YearMonth month) {
        return PREFIX + month.toString().replace('-', '_');
    }

    private String table(String name) {
        return this.options.schema().quoted() + ".\"" + name + '"';
    }

    private <T> T work(String verb, Connections.Work<T> work) {
        try (Connection connection = this.owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '10min'");
            return work.on(connection);
        } catch (SQLException ex) {
            throw Failure.of(verb, ex);
        }
    }
}
