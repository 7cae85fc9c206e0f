package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One of the stores that may share a file, and the version of its tables.
 *
 * @param name what the table of versions knows it as
 * @param version the version this release writes
 */
public record Component(String name, int version) {

    /**
     * Makes the table of versions unless it is there.
     *
     * @param connection in a transaction that may write
     * @return the version of the tables that are in the file; 0 for none
     * @throws RuntimeException when a newer version of Enact made them
     */
    public int prepare(Connection connection, Failures<?> failures) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // some earlier files have it with row numbers, which makes no difference
            statement.execute("CREATE TABLE IF NOT EXISTS enact_schema"
                    + " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID");
        }
        return known(connection, failures);
    }

    /**
     * Version of the tables in a file with a table of versions; 0 for none.
     *
     * @throws RuntimeException when a newer version of Enact made them
     */
    public int known(Connection connection, Failures<?> failures) throws SQLException {
        int made = made(connection);
        if (made > this.version) {
            throw failures.because(
                    "was written by a newer version of Enact (schema " + made + ", this one knows up to "
                            + this.version
                            + "). Start the newer version again, upgrade Enact, or name another file",
                    null);
        }
        return made;
    }

    /** Version of the tables in a file with a table of versions, known or not; 0 for none. */
    public int made(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT version FROM enact_schema WHERE component = ?")) {
            query.setString(1, this.name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** Notes that the tables are of this version now. */
    public void note(Connection connection) throws SQLException {
        try (PreparedStatement note =
                connection.prepareStatement("INSERT OR REPLACE INTO enact_schema (component, version) VALUES (?, ?)")) {
            note.setString(1, this.name);
            note.setInt(2, this.version);
            note.executeUpdate();
        }
    }
}
