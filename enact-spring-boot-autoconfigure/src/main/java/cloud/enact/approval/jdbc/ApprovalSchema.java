package cloud.enact.approval.jdbc;

import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.jdbc.Failures;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.jdbc.SchemaScripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** The tables and functions of requests for approval, and the scripts that make them. */
public final class ApprovalSchema {

    static final Failures<ApprovalStoreException> FAILURES = new Failures<>(
            "store of approvals",
            ApprovalStoreException::new,
            Map.of("42501", "The role lacks a right: see cloud/enact/approval/jdbc/postgresql-writer.sql"));

    private static final SchemaScripts SCRIPTS =
            new SchemaScripts("approval", "cloud/enact/approval/jdbc", 1, FAILURES);

    private ApprovalSchema() {}

    /**
     * Makes what is missing, in one transaction; of several nodes that start at once one does the work.
     *
     * @param owner connections of the role that is to own the tables
     * @throws ApprovalStoreException when it can't be made, or a newer version made it
     */
    public static void initialize(DataSource owner, SchemaName schema) {
        SCRIPTS.initialize(owner, schema);
    }

    /**
     * Gives a role the right to open, to read and to go on with requests.
     *
     * @param owner connections of the role that owns the tables
     * @param role name of the other one
     */
    public static void grantWriting(DataSource owner, SchemaName schema, String role) {
        SCRIPTS.grantWriting(owner, schema, role);
    }

    static void require(Connection connection, SchemaName schema) throws SQLException {
        SCRIPTS.require(connection, schema);
    }
}
