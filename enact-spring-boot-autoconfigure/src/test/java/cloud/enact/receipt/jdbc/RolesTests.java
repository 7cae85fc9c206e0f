package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the role that writes receipts, and the one that reads them, may do. */
class RolesTests {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    private final String writer = "writer_" + this.suffix;

    private final String reader = "reader_" + this.suffix;

    private final ReceiptDatabase database = new ReceiptDatabase();

    @BeforeEach
    void setUp() throws Exception {
        this.database.open().close();
        this.database.execute("CREATE ROLE " + this.writer + " LOGIN", "CREATE ROLE " + this.reader + " LOGIN");
        ReceiptSchema.grantWriting(this.database.dataSource(), this.database.options(), this.writer);
        this.database.execute(script("reader")
                .replace(":\"schema\"", this.database.options().schema().quoted())
                .replace(":\"role\"", this.reader));
    }

    private static String script(String name) throws Exception {
        try (InputStream stream = ReceiptSchema.class.getResourceAsStream("postgresql-" + name + ".sql")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterEach
    void tearDown() throws SQLException {
        this.database.close();
        this.database.execute("DROP ROLE " + this.writer, "DROP ROLE " + this.reader);
    }

    private static DataSource as(String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(PostgresServer.shared().url("postgres"));
        dataSource.setUser(role);
        dataSource.setPassword("");
        return dataSource;
    }

    private void execute(String role, String sql) throws SQLException {
        try (Connection connection = as(role).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET search_path = " + this.database.options().schema().quoted());
            statement.execute(sql);
        }
    }

    @Test
    void theWriterWritesAndReads() throws Exception {
        try (JdbcReceiptStore store = JdbcReceiptStore.open(as(this.writer), this.database.options())) {
            LogLease lease = store.lease("test");
            ReceiptLog log = ReceiptLog.direct(
                    lease.log(), store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
            Receipt receipt = log.append(Drafts.decided(Drafts.run()));

            assertThat(store.findByRun(receipt.runId())).containsExactly(receipt);
            assertThat(store.findOpen(null, 10)).containsExactly(receipt);
            store.renewLeases();
            lease.close();
            assertThat(store.isLeased("test")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO receipt_entry SELECT * FROM receipt_entry",
                "UPDATE receipt_entry SET action = 'other'",
                "DELETE FROM receipt_entry",
                "TRUNCATE receipt_entry",
                "DROP TABLE receipt_entry",
                "ALTER TABLE receipt_entry DISABLE TRIGGER ALL",
                "UPDATE receipt_log SET token = 1",
                "DELETE FROM receipt_open",
                "UPDATE receipt_checkpoint SET note = ''",
                "DELETE FROM receipt_checkpoint",
                "CREATE TABLE other (id int)",
                "SET session_replication_role = replica",
                "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'"
            })
    void theWriterMayDoNothingElse(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(this.writer, sql))
                .satisfies(ex -> assertThat(ex.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void whatTheWriterDefinesIsNotWhatTheFunctionsCall() throws Exception {
        // a role may always make temporary objects: they must not stand in for the tables of the store
        try (Connection connection = as(this.writer).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE receipt_log (log text, token bigint, seq bigint, stored timestamptz,"
                    + " expires_at timestamptz, lease interval, owner text, created_at timestamptz)");
            statement.execute("SET search_path = pg_temp, "
                    + this.database.options().schema().quoted());

            statement.execute("SELECT * FROM "
                    + this.database.options().schema().quoted() + ".receipt_lease('test', 'me', '1 minute')");
        }
        assertThat(this.database.text("SELECT count(*) FROM receipt_log WHERE log = 'test'"))
                .isEqualTo("1");
    }

    @Test
    void theReaderReadsAndCantWrite() throws Exception {
        execute(this.reader, "SELECT * FROM receipt_entry");
        execute(this.reader, "SELECT * FROM receipt_checkpoint");

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(this.reader, "SELECT receipt_lease('x', 'x', '1 minute')"))
                .satisfies(ex -> assertThat(ex.getSQLState()).isEqualTo("42501"));
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> JdbcReceiptStore.open(as(this.reader), this.database.options()))
                .withMessageContaining("lacks a right");
    }
}
