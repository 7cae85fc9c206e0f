package cloud.enact.approval.sqlite;

import cloud.enact.sqlite.Component;
import cloud.enact.sqlite.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The table requests are kept in. */
final class ApprovalTable {

    private static final Component COMPONENT = new Component("approval", 1);

    private ApprovalTable() {}

    /** Makes it unless it is there; whether it did. */
    static boolean prepare(Connection connection, Failures<?> failures) throws SQLException {
        if (COMPONENT.prepare(connection, failures) > 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE approval_request (id TEXT PRIMARY KEY, call TEXT NOT NULL,"
                    + " open INTEGER NOT NULL, version INTEGER NOT NULL, expires_at INTEGER NOT NULL,"
                    + " document BLOB NOT NULL, seal TEXT NOT NULL)");
            statement.execute("CREATE UNIQUE INDEX approval_open_call ON approval_request (call) WHERE open = 1");
            statement.execute("CREATE INDEX approval_call ON approval_request (call, id)");
            statement.execute("CREATE INDEX approval_open_id ON approval_request (id) WHERE open = 1");
            statement.execute("CREATE INDEX approval_final ON approval_request (expires_at) WHERE open = 0");
        }
        COMPONENT.note(connection);
        return true;
    }
}
