package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTests {

    @TempDir
    private Path folder;

    @Test
    void anErrorInTheMiddleOfAWriteLeavesNothingAndTheNextOneGoesOn() {
        Path file = PrivateFiles.prepare(this.folder.resolve("enact.db"));
        try (Connections connections = Connections.writing(file)) {
            connections.write(connection -> execute(connection, "CREATE TABLE lamp (id INTEGER)"));
            Error error = new StackOverflowError();

            assertThatThrownBy(() -> connections.write(connection -> {
                        execute(connection, "INSERT INTO lamp VALUES (1)");
                        throw error;
                    }))
                    .isSameAs(error);
            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (2)"));

            assertThat(connections.<String>read(ConnectionsTests::lamps)).isEqualTo("2");
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static String lamps(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT group_concat(id) FROM lamp")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
