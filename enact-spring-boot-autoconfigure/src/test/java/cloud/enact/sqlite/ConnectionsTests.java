package cloud.enact.sqlite;

import static cloud.enact.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTests {

    private static final Failures<IllegalStateException> FAILURES =
            new Failures<>("house of lamps", IllegalStateException::new);

    @TempDir
    private Path folder;

    @Test
    void anErrorInTheMiddleOfAWriteLeavesNothingAndTheNextOneGoesOn() {
        try (Connections connections = connections()) {
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

    @Test
    void aReaderWaitsForNoWriter() {
        try (Connections connections = connections()) {
            String seen = connections.write(connection -> {
                execute(connection, "INSERT INTO lamp VALUES (1)");
                return String.valueOf(connections.<String>read(ConnectionsTests::lamps));
            });

            assertThat(seen).isEqualTo("null");
            assertThat(connections.<String>read(ConnectionsTests::lamps)).isEqualTo("1");
        }
    }

    @Test
    void aThreadThatWasInterruptedReadsAndWritesAndStaysInterrupted() {
        try (Connections connections = connections()) {
            Thread.currentThread().interrupt();

            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (1)"));
            String seen = connections.read(ConnectionsTests::lamps);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen).isEqualTo("1");
        }
    }

    @Test
    void theWriteAheadLogIsCopiedOutsideOfCommits() throws IOException {
        try (Connections connections = connections()) {
            long before = Files.size(this.folder.resolve("enact.db"));
            // too little for SQLite to copy by itself
            for (int i = 0; i < 400; i++) {
                connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (zeroblob(3000))"));
            }

            awaiting("copied pages").until(() -> Files.size(this.folder.resolve("enact.db")) > before + 100 * 4096);
            assertThat(connections.<Integer>read(ConnectionsTests::count)).isEqualTo(400);
        }
    }

    @Test
    void aCommitThatFailsLeavesAConnectionThatCommits() {
        try (Connections connections = connections()) {
            assertThatThrownBy(() -> connections.write(connection -> execute(connection, "ROLLBACK")))
                    .hasMessageContaining("can't be written");

            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (1)"));
            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (2)"));

            assertThat(connections.<Integer>read(ConnectionsTests::count)).isEqualTo(2);
        }
    }

    /** What is written to another log in its place is lost with the process. */
    @Test
    void aLogThatWasRemovedAfterACommitFailedIsMissed() throws IOException {
        try (Connections connections = connections()) {
            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (1)"));
            assertThat(connections.<Integer>read(ConnectionsTests::count)).isEqualTo(1);
            assertThatThrownBy(() -> connections.write(connection -> execute(connection, "ROLLBACK")))
                    .hasMessageContaining("can't be written");
            Files.delete(this.folder.resolve("enact.db-wal"));

            assertThatThrownBy(
                            () -> connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (2)")))
                    .hasMessageContaining("not where it was");
        }
    }

    @Test
    void aConnectionThatLostItsTransactionIsReplaced() {
        try (Connections connections = connections()) {
            assertThatThrownBy(() -> connections.write(connection -> {
                        execute(connection, "ROLLBACK");
                        throw new IllegalStateException("lost");
                    }))
                    .hasMessage("lost");

            connections.write(connection -> execute(connection, "INSERT INTO lamp VALUES (1)"));

            assertThat(connections.<String>read(ConnectionsTests::lamps)).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " WITHOUT ROWID"})
    void eitherFormOfTheTableOfVersionsIsKnown(String form) {
        try (Connections connections = connections()) {
            connections.write(connection -> execute(
                    connection,
                    "CREATE TABLE enact_schema (component TEXT PRIMARY KEY, version INTEGER NOT NULL)" + form));
            Component lamps = new Component("lamps", 2);

            assertThat(connections.<Integer>write(connection -> lamps.prepare(connection, FAILURES)))
                    .isZero();
            connections.write(connection -> {
                lamps.note(connection);
                return true;
            });

            assertThat(connections.<Integer>write(connection -> lamps.prepare(connection, FAILURES)))
                    .isEqualTo(2);
            assertThatThrownBy(
                            () -> connections.read(connection -> new Component("lamps", 1).known(connection, FAILURES)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The house of lamps was written by a newer version");
        }
    }

    private Connections connections() {
        Connections connections = new Connections(
                DatabaseFile.prepare(this.folder.resolve("enact.db"), DatabaseFile.Use.WRITING, FAILURES));
        connections.write(connection -> execute(connection, "CREATE TABLE lamp (id INTEGER)"));
        return connections;
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM lamp")) {
            return row.next() ? row.getInt(1) : -1;
        }
    }

    private static String lamps(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT group_concat(id) FROM lamp")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
