package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.SchemaScripts;
import cloud.enact.receipt.ReceiptStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tables and functions of the store, and the scripts that make them. */
public final class ReceiptSchema {

    private static final SchemaScripts SCRIPTS =
            new SchemaScripts("receipt", "cloud/enact/receipt/jdbc", 1, Failure.OF_STORE);

    private ReceiptSchema() {}

    /**
     * Makes what is missing, in one transaction; of several nodes that start at once one does the work.
     *
     * @param owner connections of the role that is to own the tables
     * @throws ReceiptStoreException when it can't be made, or a newer version made it
     */
    public static void initialize(DataSource owner, JdbcReceiptOptions options) {
        SCRIPTS.initialize(owner, options.schema());
    }

    /**
     * Gives a role the right to append and to read, and none to change.
     *
     * @param owner connections of the role that owns the tables
     * @param role name of the other one
     */
    public static void grantWriting(DataSource owner, JdbcReceiptOptions options, String role) {
        SCRIPTS.grantWriting(owner, options.schema(), role);
    }

    /**
     * Checks that the tables are there, and of this version.
     *
     * @throws ReceiptStoreException when they are not
     */
    static void require(Connection connection, JdbcReceiptOptions options) throws SQLException {
        SCRIPTS.require(connection, options.schema());
    }
}
