package cloud.enact.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTests {

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        this.connection = PostgresServer.shared().connect("postgres");
        execute("CREATE TEMPORARY TABLE lamp (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() throws SQLException {
        this.connection.close();
    }

    @Test
    void whatIsCommittedStaysAndTheConnectionCommitsByItselfAgain() throws SQLException {
        try (Transaction transaction = new Transaction(this.connection)) {
            transaction.begin();
            execute("INSERT INTO lamp VALUES (1)");
            transaction.begin();
            execute("INSERT INTO lamp VALUES (2)");
            transaction.commit();
        }

        assertThat(this.connection.getAutoCommit()).isTrue();
        assertThat(lamps()).isEqualTo(2);
    }

    @Test
    void whateverEndsItNothingOfItStays() throws SQLException {
        for (Throwable end :
                new Throwable[] {new SQLException("no"), new IllegalStateException(), new StackOverflowError()}) {
            assertThatThrownBy(() -> endWith(end)).isSameAs(end);

            assertThat(this.connection.getAutoCommit()).isTrue();
            assertThat(lamps()).as(end.toString()).isZero();
        }
    }

    private void endWith(Throwable end) throws Throwable {
        try (Transaction transaction = new Transaction(this.connection)) {
            transaction.begin();
            execute("INSERT INTO lamp VALUES (1)");
            throw end;
        }
    }

    @Test
    void whyItEndedIsToldAlsoWhereNothingCanBeTakenBack() {
        SQLException why = new SQLException("first");

        assertThatThrownBy(() -> {
                    try (Transaction transaction = new Transaction(this.connection)) {
                        transaction.begin();
                        this.connection.close();
                        throw why;
                    }
                })
                .isSameAs(why)
                .satisfies(told -> assertThat(told.getSuppressed()).hasSize(1));
    }

    @Test
    void withoutABeginningEachStatementCommitsByItself() throws SQLException {
        try (Transaction transaction = new Transaction(this.connection)) {
            execute("INSERT INTO lamp VALUES (1)");
            assertThat(this.connection.getAutoCommit()).isTrue();
            transaction.commit();
        }

        assertThat(lamps()).isEqualTo(1);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int lamps() throws SQLException {
        try (Statement statement = this.connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM lamp")) {
            row.next();
            return row.getInt(1);
        }
    }
}
