package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Calls the capture functions of the database, in the transactions of one connection. */
final class CaptureCalls {

    private final Connection connection;

    private final SecureRandom random;

    CaptureCalls(Connection connection, SecureRandom random) {
        this.connection = connection;
        this.random = random;
    }

    /** Marks the transaction, and begins it if nothing was done in it yet. */
    Mark enter(GovernedAction action) throws SQLException {
        boolean fresh = this.connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
        byte[] secret = new byte[32];
        this.random.nextBytes(secret);
        // an open transaction may have been begun by anybody, and its flags can't be changed any more
        String flag = fresh ? "SET TRANSACTION DEFERRABLE" : "SET LOCAL enact.joined = 'on'";
        String enter = "SELECT enact_undo.enter('" + action.runId() + "', '" + action.actionId() + "', '\\x"
                + HexFormat.of().formatHex(sha256(secret)) + "')";
        return new Mark(action, number(flag + "; " + enter), "\\x" + HexFormat.of().formatHex(secret));
    }

    /** Whether the mark is still on the transaction. */
    boolean isOpen(Mark mark) throws SQLException {
        return number("SELECT CASE WHEN enact_undo.is_open(" + mark.id() + ") THEN 1 ELSE 0 END") == 1;
    }

    /** Takes the mark off and tells what was captured; what was put off to the commit happens before. */
    CapturedRows leave(Mark mark, boolean commits) throws SQLException {
        if (commits) {
            execute("SELECT enact_undo.leaving(" + mark.id() + ", '" + mark.secret()
                    + "'); SET CONSTRAINTS ALL IMMEDIATE");
        }
        Map<String, Long> rows = new TreeMap<>();
        List<String> unprotected = new ArrayList<>();
        try (PreparedStatement statement = this.connection.prepareStatement(
                "SELECT pg_catalog.format('%I.%I', schema_name, table_name), operation, row_count"
                        + " FROM enact_undo.leave(?, ?::bytea)")) {
            statement.setLong(1, mark.id());
            statement.setString(2, mark.secret());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    if (found.getString(2).equals("W")) {
                        unprotected.add(found.getString(1));
                    } else {
                        rows.merge(found.getString(1), found.getLong(3), Long::sum);
                    }
                }
            }
        }
        return new CapturedRows(rows, unprotected);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that the last of these statements returns. */
    private long number(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            ResultSet found = statement.getResultSet();
            found.next();
            return found.getLong(1);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
