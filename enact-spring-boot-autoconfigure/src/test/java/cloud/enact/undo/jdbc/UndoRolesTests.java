package cloud.enact.undo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role that writes the undo log may do, and what even its owner is refused. */
class UndoRolesTests {

    private final UndoTables tables = new UndoTables();

    private final String writer = "undo_writer_" + UUID.randomUUID().toString().substring(0, 8);

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    @BeforeEach
    void grant() throws SQLException {
        this.tables.execute("CREATE ROLE " + this.writer + " LOGIN");
        UndoSchema.grantWriting(UndoTables.dataSource(), this.tables.options(), this.writer);
        UndoSchema.grantWriting(UndoTables.dataSource(), this.tables.options(), this.writer);
    }

    @AfterEach
    void drop() throws SQLException {
        this.tables.close();
        this.tables.execute("DROP ROLE " + this.writer);
    }

    private UndoRecord begin(UndoLog log, RunId run) {
        return log.begin(
                run,
                this.ids.next(),
                "filesystem",
                "write_file",
                Map.of(),
                Reversibility.REVERSIBLE,
                new Capture(new PreState(Map.of()), new Fingerprint(Map.of())));
    }

    @Test
    void theWriterDoesAllThatARunAndItsRollbackNeed() {
        RunId run = new RunId(this.ids.next());
        try (JdbcUndoLog log = JdbcUndoLog.open(
                        UndoTables.dataSourceOf(this.writer), this.tables.options(), new HmacUndoSeal("one"), null);
                JdbcIdempotencyKeys keys =
                        JdbcIdempotencyKeys.open(UndoTables.dataSourceOf(this.writer), this.tables.options())) {
            log.end(begin(log, run).position(), UndoRecord.State.DONE, null);
            UndoLog.Claim claim = log.claim(run).orElseThrow();
            log.renewClaims();
            begin(log.holding(List.of(claim)), run);
            claim.close();
            keys.take("email", "a", "digest", "one");
            keys.done("email", "a", "one", "message");
            keys.take("email", "b", "digest", "two");
            keys.giveBack("email", "b", "two");

            assertThat(log.findByRun(run)).hasSize(2);
            assertThat(keys.find("email", "a")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO undo_begun VALUES (1, gen_random_uuid(), '', '')",
                "UPDATE undo_begun SET seal = ''",
                "DELETE FROM undo_begun",
                "TRUNCATE undo_begun",
                "DROP TABLE undo_begun",
                "ALTER TABLE undo_begun DISABLE TRIGGER ALL",
                "UPDATE undo_ended SET seal = ''",
                "DELETE FROM undo_ended",
                "UPDATE undo_claim SET token = 1",
                "DELETE FROM undo_claim",
                "DELETE FROM undo_idempotency_key",
                "UPDATE undo_idempotency_key SET done = false",
                "SELECT setval('undo_position', 1)",
                "SELECT setval('undo_token', 1)",
                "CREATE TABLE other (id int)",
                "SET session_replication_role = replica"
            })
    void theWriterMayDoNothingElse(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> this.tables.execute(UndoTables.dataSourceOf(this.writer), sql))
                .satisfies(ex -> assertThat(ex.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE undo_begun SET seal = ''",
                "DELETE FROM undo_begun",
                "TRUNCATE undo_begun",
                "UPDATE undo_ended SET seal = ''",
                "DELETE FROM undo_ended",
                "TRUNCATE undo_ended"
            })
    void evenTheOwnerChangesNoStep(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> this.tables.execute(sql))
                .withMessageContaining("append-only");
    }

    @Test
    void aRoleWithoutRightsIsToldWhichScriptGivesThem() throws SQLException {
        this.tables.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA \""
                + this.tables.options().schema().name() + "\" FROM " + this.writer);
        try (JdbcUndoLog log = JdbcUndoLog.open(
                UndoTables.dataSourceOf(this.writer), this.tables.options(), new HmacUndoSeal("one"), null)) {
            assertThatExceptionOfType(UndoLogException.class)
                    .isThrownBy(() -> begin(log, new RunId(this.ids.next())))
                    .withMessageContaining("undo/jdbc/postgresql-writer.sql");
        }
    }
}
