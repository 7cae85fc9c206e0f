package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done with a connection. */
@FunctionalInterface
public interface Work<T> {

    T on(Connection connection) throws SQLException;
}
