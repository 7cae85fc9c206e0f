package cloud.enact.approval.sql;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalRow;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.DocumentApprovalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests as rows of a table. How they are written, and to what, is up to its subclasses. Thread-safe. */
public abstract class SqlApprovalStore extends DocumentApprovalStore {

    private final Dialect dialect;

    private final String rows;

    private final String count;

    /**
     * Makes the store.
     *
     * @param table name of the table, as SQL says it
     * @param seal seals what is written and checks what is read
     * @param encryption encrypts and decrypts what may be about a person; {@code null} for none
     */
    protected SqlApprovalStore(
            Dialect dialect, String table, ApprovalSeal seal, @Nullable ApprovalEncryption encryption) {
        super(seal, encryption);
        this.dialect = dialect;
        this.rows = select(table);
        this.count = "SELECT count(*) FROM (SELECT 1 FROM " + table + " WHERE " + dialect.open() + " LIMIT ?) AS found";
    }

    /**
     * What databases say differently.
     *
     * @param open the condition that a row is open
     * @param size the function that tells how many bytes a document has
     */
    public record Dialect(String open, String size) {}

    /** Something read with a connection. */
    protected interface Reading<T> {

        T on(Connection connection) throws SQLException;
    }

    /** Reads with a connection. */
    protected abstract <T> T read(Reading<T> reading);

    /**
     * The beginning of a query for rows.
     *
     * @param source a table, or a function that gives rows of it
     */
    protected final String select(String source) {
        // a document that somebody blew up is not fetched; as no bytes it fails its seal
        return "SELECT id, call, " + this.dialect.open() + ", version, expires_at, CASE WHEN " + this.dialect.size()
                + "(document) <= " + MAX_BYTES + " THEN document END, seal FROM " + source;
    }

    @Override
    protected final Optional<ApprovalRow> row(String id) {
        return read(connection -> one(connection, "WHERE id = ?", id));
    }

    @Override
    protected final Optional<ApprovalRow> openRow(String call) {
        return read(connection -> openRow(connection, call));
    }

    /** The open row of a call, as this connection sees it. */
    protected final Optional<ApprovalRow> openRow(Connection connection, String call) throws SQLException {
        return one(connection, "WHERE call = ? AND " + this.dialect.open(), call);
    }

    @Override
    protected final Optional<ApprovalRow> lastRow(String call) {
        return read(connection -> one(connection, "WHERE call = ? ORDER BY id DESC LIMIT 1", call));
    }

    private Optional<ApprovalRow> one(Connection connection, String where, String value) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(this.rows + " " + where)) {
            query.setString(1, value);
            return first(query);
        }
    }

    @Override
    protected final List<ApprovalRow> openRows(String after, int limit) {
        return read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    this.rows + " WHERE " + this.dialect.open() + " AND id > ? ORDER BY id LIMIT ?")) {
                query.setString(1, after);
                query.setInt(2, limit);
                return all(query);
            }
        });
    }

    @Override
    public final int countOpen(int most) {
        return read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.count)) {
                query.setInt(1, most);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    @Override
    protected final List<ApprovalRow> newestRows(@Nullable String before, int limit) {
        return read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    this.rows + ((before != null) ? " WHERE id < ?" : "") + " ORDER BY id DESC LIMIT ?")) {
                int next = 1;
                if (before != null) {
                    query.setString(next++, before);
                }
                query.setInt(next, limit);
                return all(query);
            }
        });
    }

    /** The first row that a query finds. */
    protected static Optional<ApprovalRow> first(PreparedStatement query) throws SQLException {
        return all(query).stream().findFirst();
    }

    private static List<ApprovalRow> all(PreparedStatement query) throws SQLException {
        List<ApprovalRow> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                byte[] document = rows.getBytes(6);
                found.add(new ApprovalRow(
                        text(rows, 1),
                        text(rows, 2),
                        rows.getBoolean(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        (document != null) ? document : new byte[0],
                        text(rows, 7)));
            }
        }
        return found;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return (text != null) ? text : "";
    }
}
