package cloud.enact.approval.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.DocumentApprovalStore;
import cloud.enact.approval.SampleApprovals;
import cloud.enact.approval.SealedApprovalStoreContract;
import cloud.enact.approval.TestSeal;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.undo.postgres.OwnSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcApprovalStoreTests extends SealedApprovalStoreContract {

    private OwnSchema schema;

    private DocumentApprovalStore store;

    private DocumentApprovalStore other;

    @BeforeEach
    void open() throws SQLException {
        this.schema = new OwnSchema();
        ApprovalSchema.initialize(this.schema.owner(), this.schema.name());
        ApprovalSchema.grantWriting(this.schema.owner(), this.schema.name(), this.schema.role());
        this.store = open(new TestSeal(), null);
        this.other = JdbcApprovalStore.openOnOneConnection(this.schema.writer(), options(), new TestSeal(), null);
    }

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.other.close();
        this.schema.close();
    }

    @Override
    protected ApprovalStore store() {
        return this.store;
    }

    @Override
    protected ApprovalStore other() {
        return this.other;
    }

    private JdbcApprovalOptions options() {
        return new JdbcApprovalOptions(this.schema.name(), Duration.ofSeconds(10), RETENTION);
    }

    /** As the application has it, which does not own the tables. */
    @Override
    protected DocumentApprovalStore open(ApprovalSeal seal, @Nullable ApprovalEncryption encryption) {
        return JdbcApprovalStore.open(this.schema.writer(), options(), seal, encryption);
    }

    @Override
    protected void execute(String sql) throws SQLException {
        this.schema.execute(sql);
    }

    @Override
    protected String stored() throws SQLException {
        try (Connection connection = this.schema.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT string_agg(encode(document, 'escape'), ' ') FROM "
                        + this.schema.name().quoted() + ".approval_request")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    protected String replaced(String column, String oldHex, String newHex) {
        return "decode(replace(encode(" + column + ", 'hex'), '" + oldHex + "', '" + newHex + "'), 'hex')";
    }

    @Override
    protected String zeros(int count) {
        return "convert_to(repeat('0', " + count + "), 'UTF8')";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE approval_request SET open = true",
                "DELETE FROM approval_request",
                "TRUNCATE approval_request",
                "INSERT INTO approval_request VALUES ('a', 'b', true, 0, 0, '', '')",
                "DROP TABLE approval_request"
            })
    void theRoleOfTheApplicationChangesNothingPastTheFunctions(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> this.schema.execute(this.schema.writer(), sql))
                .satisfies(ex -> assertThat(ex.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void theRoleOfTheApplicationPutsNoEarlierVersionBack() throws SQLException {
        // of what ended long ago nobody knows any more what came of it
        ApprovalRequest request = this.store.open(new SampleApprovals(Instant.now()).request("call-1"));
        ApprovalRequest approved = this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        this.store.replace(approved);
        ApprovalRequest used = this.samples.next(approved, ApprovalState.USED);
        execute("CREATE TABLE stolen AS SELECT * FROM approval_request");
        execute("GRANT SELECT ON stolen TO " + this.schema.role());
        this.store.replace(used);

        for (int version : new int[] {1, 2, 3}) {
            this.schema.execute(
                    this.schema.writer(),
                    "SELECT approval_replace(id, true, " + version + ", document, seal) FROM stolen");
        }
        this.schema.execute(
                this.schema.writer(),
                "SELECT approval_open(id, call, expires_at, document, seal, 9999999999999) FROM stolen");

        assertThat(this.other.find(request.id())).contains(used);
        assertThat(this.other.findOpen("call-1")).isEmpty();
    }

    @Test
    void aSchemaOfANewerVersionIsRefused() throws SQLException {
        execute("INSERT INTO approval_schema (version) VALUES (2)");

        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> open(new TestSeal(), null))
                .withMessageContaining("newer version");
    }

    @Test
    void aSchemaWithoutTablesIsNamed() {
        JdbcApprovalOptions nowhere =
                new JdbcApprovalOptions(new SchemaName("nowhere"), Duration.ofSeconds(10), RETENTION);

        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> JdbcApprovalStore.open(this.schema.owner(), nowhere, new TestSeal(), null))
                .withMessageContaining("has no tables in schema nowhere");
    }
}
