package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.SchemaScripts;
import cloud.enact.undo.UndoLogException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tables and functions of the undo log, and the scripts that make them. */
public final class UndoSchema {

    private static final SchemaScripts SCRIPTS = new SchemaScripts("undo", "cloud/enact/undo/jdbc", 1, Failure.OF_LOG);

    private UndoSchema() {}

    /**
     * Makes what is missing, in one transaction; of several nodes that start at once one does the work.
     *
     * @param owner connections of the role that is to own the tables
     * @throws UndoLogException when it can't be made, or a newer version made it
     */
    public static void initialize(DataSource owner, JdbcUndoOptions options) {
        SCRIPTS.initialize(owner, options.schema());
    }

    /**
     * Gives a role the right to begin and end steps and to read them, and none to change them.
     *
     * @param owner connections of the role that owns the tables
     * @param role name of the other one
     */
    public static void grantWriting(DataSource owner, JdbcUndoOptions options, String role) {
        SCRIPTS.grantWriting(owner, options.schema(), role);
    }

    /**
     * Checks that the tables are there, and of this version.
     *
     * @throws UndoLogException when they are not
     */
    static void require(Connection connection, JdbcUndoOptions options) throws SQLException {
        SCRIPTS.require(connection, options.schema());
    }
}
