package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done with a connection. */
@FunctionalInterface
public interface Work<T> {

    /**
     * Does it; closes nothing that it was lent.
     *
     * @throws SQLException as it comes; whoever lent the connection says what it means
     */
    T on(Connection connection) throws SQLException;
}
