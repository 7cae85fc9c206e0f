package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to one database come from. */
@FunctionalInterface
public interface Connections {

    /** A connection, to be closed. */
    Connection open() throws SQLException;
}
