package cloud.enact.undo.postgres;

import cloud.enact.action.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A transaction whose changes are captured until {@link #leave}. Not thread-safe.
 *
 * <p>A transaction that has not run a query yet is begun with {@link #enter}, one that has is joined with {@link #join}.
 * Nothing that runs in it can switch the capturing off.
 */
public final class CapturedTransaction {

    private static final int SECRET_BYTES = 32;

    private final Connection connection;

    private final long marker;

    private final byte[] secret;

    private final boolean joined;

    private CapturedTransaction(Connection connection, long marker, byte[] secret, boolean joined) {
        this.connection = connection;
        this.marker = marker;
        this.secret = secret;
        this.joined = joined;
    }

    /**
     * Begins a captured transaction, as the first thing that runs in it.
     *
     * @param connection with auto-commit off
     * @param run the run
     * @param action the action
     * @param random draws the secret without which nobody ends the capturing
     */
    public static CapturedTransaction enter(Connection connection, UUID run, UUID action, SecureRandom random)
            throws SQLException {
        return begin(connection, "SET TRANSACTION DEFERRABLE", false, run, action, random);
    }

    /** Captures the rest of a transaction that has run queries already, until the action ends. */
    public static CapturedTransaction join(Connection connection, UUID run, UUID action, SecureRandom random)
            throws SQLException {
        // an action before this one, in the same transaction, may have had all constraints checked
        return begin(
                connection,
                "SET CONSTRAINTS enact_undo.must_be_left DEFERRED; SET LOCAL enact.joined = 'on'",
                true,
                run,
                action,
                random);
    }

    private static CapturedTransaction begin(
            Connection connection, String first, boolean joined, UUID run, UUID action, SecureRandom random)
            throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalArgumentException("A captured transaction needs auto-commit to be off");
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try (PreparedStatement statement = connection.prepareStatement(first + "; SELECT enact_undo.enter(?, ?, ?)")) {
            statement.setObject(1, run);
            statement.setObject(2, action);
            statement.setBytes(3, Sha256.of(leaving(secret).getBytes(StandardCharsets.US_ASCII)));
            boolean isRows = statement.execute();
            while (!isRows) {
                isRows = statement.getMoreResults();
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return new CapturedTransaction(connection, rows.getLong(1), secret, joined);
            }
        }
    }

    /** The number under which the changes of this transaction are found. */
    public long marker() {
        return this.marker;
    }

    /**
     * Ends the capturing before the code around the action goes on. Deferred triggers and checks of the application run
     * now, so that what they change is captured too; in a joined transaction they keep their time, and what they change
     * then is not captured.
     *
     * @return what was changed
     * @throws SQLException when something was changed that capturing could not see: the transaction can only be
     *     rolled back
     */
    public List<TableChange> leave() throws SQLException {
        return this.joined ? leaveJoined() : leaveOwn(false);
    }

    /**
     * Ends the capturing as the last thing before the commit: what runs from then on can't change anything. Deferred
     * triggers and checks run before.
     *
     * @return what was changed
     * @throws SQLException when something was changed that capturing could not see: the transaction can only be
     *     rolled back
     */
    public List<TableChange> finish() throws SQLException {
        return leaveOwn(true);
    }

    private List<TableChange> leaveOwn(boolean commitFollows) throws SQLException {
        String sql = "SELECT set_config('enact.leaving', ?, true); SET CONSTRAINTS ALL IMMEDIATE;"
                + " SELECT schema_name, table_name, operation::text, row_count FROM enact_undo.leave(?, ?, ?)";
        try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
            statement.setString(1, leaving(this.secret));
            statement.setLong(2, this.marker);
            statement.setBytes(3, this.secret);
            statement.setBoolean(4, commitFollows);
            statement.execute();
            statement.getMoreResults();
            statement.getMoreResults();
            return changes(statement);
        }
    }

    private List<TableChange> leaveJoined() throws SQLException {
        String sql = "SELECT schema_name, table_name, operation::text, row_count FROM enact_undo.leave(?, ?);"
                + " SET LOCAL enact.joined = ''";
        try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
            statement.setLong(1, this.marker);
            statement.setBytes(2, this.secret);
            statement.execute();
            return changes(statement);
        }
    }

    /** Deferred triggers of the application can read this, and end nothing with it; the secret itself comes after them. */
    private static String leaving(byte[] secret) {
        return Sha256.hex(secret);
    }

    private static List<TableChange> changes(Statement statement) throws SQLException {
        List<TableChange> changes = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                changes.add(new TableChange(
                        new TableName(rows.getString(1), rows.getString(2)),
                        TableChange.Kind.of(rows.getString(3)),
                        rows.getLong(4)));
            }
        }
        return changes;
    }
}
