package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.undo.Restoration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Damage in a receipt log stops the rollbacks of the runs it holds, and is told to the others. */
@ExtendWith(OutputCaptureExtension.class)
class DamagedLogTests {

    private static final String OTHER_RUN = "01890a5d-ac96-774b-bcce-b302099a8057";

    @TempDir
    private Path folder;

    private RefundDesk desk;

    private RefundDesk other;

    @BeforeEach
    void open() {
        this.desk = new RefundDesk(this.folder, () -> {});
        this.other = new RefundDesk(this.folder, () -> {});
    }

    @AfterEach
    void close() {
        this.other.close();
        this.desk.close();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.desk.file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER IF EXISTS receipt_entry_no_update");
            statement.execute("DROP TRIGGER IF EXISTS receipt_entry_no_delete");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String inOther(String where) {
        return " WHERE log = '" + this.other.log() + "' AND " + where;
    }

    @Test
    void damageElsewhereIsToldAndStopsNothingThatCanBeLookedAt(CapturedOutput output) throws Exception {
        RunId run = this.desk.begin();
        this.other.charge();
        sql("UPDATE receipt_entry SET entry = x'00'" + inOther("seq = 1"));

        RollbackReport preview = this.desk.preview(run);
        RollbackReport report = this.desk.rollback(run);

        assertThat(preview.result()).isNotEqualTo(RollbackResult.REFUSED);
        assertThat(report.result()).as(report.message()).isNotEqualTo(RollbackResult.REFUSED);
        assertThat(report.message())
                .contains("Receipt log " + this.other.log() + ", in which nothing of the run was found, is damaged")
                .contains("entry 1");
        assertThat(output).contains("WARN", "Receipt log " + this.other.log() + " is damaged");
    }

    @Test
    void whatCanNotBeLookedAtIsNotTakenBackBlindly() throws Exception {
        RunId run = this.desk.charge();
        this.other.charge();
        this.other.rollback(run);
        assertThat(this.desk.paid()).isEqualTo(1);

        // whoever can write the file destroys what the other process recorded of its rollback
        sql("UPDATE receipt_entry SET entry = x'00', original_run_id = NULL, run_id = '" + OTHER_RUN + "'"
                + inOther("seq IN (3, 4)"));
        RollbackReport report = this.desk.rollback(run);

        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps())
                .singleElement()
                .satisfies(line -> assertThat(line.restoration()).isEqualTo(Restoration.CONFLICT))
                .satisfies(line -> assertThat(line.detail()).contains("taken back before"));
        assertThat(this.desk.preview(run).result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.desk.paid()).isEqualTo(1);

        assertThat(this.desk.rollback(run, 1L).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.desk.paid()).isEqualTo(2);
    }

    @Test
    void theOnlyEntryOfTheRunInALogIsNotHiddenByItsColumns() throws Exception {
        RunId run = this.desk.charge();
        this.other.rollback(run);

        sql("UPDATE receipt_entry SET original_run_id = NULL, run_id = '" + OTHER_RUN + "'" + inOther("seq > 0"));

        assertRefused(run);
    }

    @Test
    void theOnlyEntryOfTheRunInALogIsNotHiddenByAnotherInItsPlace() throws Exception {
        RunId run = this.desk.charge();
        this.other.rollback(run);

        sql(
                "CREATE TABLE twice AS SELECT * FROM receipt_entry",
                "INSERT INTO twice SELECT id - 1000, log, seq, kind, '" + OTHER_RUN
                        + "', action_id, ts, action, system,"
                        + " workflow, actor, decision, mode, NULL, x'00' FROM receipt_entry"
                        + inOther("seq > 0"),
                "UPDATE twice SET original_run_id = NULL, run_id = '" + OTHER_RUN + "'" + inOther("seq > 0"),
                "DROP TABLE receipt_entry",
                "CREATE TABLE receipt_entry AS SELECT * FROM twice ORDER BY id");

        assertRefused(run);
    }

    @Test
    void anEntryThatCanNotBeReadCountsWhereTheStoreFindsIt() throws Exception {
        RunId run = this.desk.charge();
        this.other.rollback(run);

        sql("UPDATE receipt_entry SET entry = x'00'" + inOther("seq > 0"));

        assertRefused(run);
    }

    @Test
    void aRunOfWhichOnlyDamageMayBeLeftIsRefusedRatherThanUnknown() throws Exception {
        RunId run = this.other.charge();

        sql("UPDATE receipt_entry SET entry = x'00', run_id = '" + OTHER_RUN + "'" + inOther("seq > 0"));

        assertRefused(run);
    }

    private void assertRefused(RunId run) throws Exception {
        int before = this.desk.paid();
        RollbackReport report = this.desk.rollback(run);
        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("of receipt log " + this.other.log(), "can't be trusted");
        assertThat(this.desk.paid()).isEqualTo(before);
    }
}
