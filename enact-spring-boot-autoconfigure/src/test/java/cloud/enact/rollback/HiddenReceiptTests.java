package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write the SQLite file, but has no key, hides nothing from a rollback. */
class HiddenReceiptTests {

    private static final ReceiptSigner SIGNER = ReceiptSigner.hs256("a secret of more than 32 characters, for tests");

    private static final Clock CLOCK = Clock.systemUTC();

    private final IdGenerator ids = IdGenerator.uuidV7(CLOCK);

    @TempDir
    private Path folder;

    private SqliteReceiptStore store;

    private SqliteUndoLog undoLog;

    private ReceiptLog log;

    private ReceiptVerifier verifier;

    private final KeyValues files = new KeyValues("files");

    private final Refunds refunds = new Refunds();

    @BeforeEach
    void open() {
        this.store = SqliteReceiptStore.open(this.folder.resolve("enact.db"));
        ReceiptKeys keys = ReceiptKeys.of(SIGNER);
        this.undoLog = SqliteUndoLog.open(this.store.file(), keys.undoSeal());
        this.log = ReceiptLog.direct("log", this.store, SIGNER, Masking.defaults(), CLOCK);
        this.verifier = new ReceiptVerifier(this.store, keys);
    }

    @AfterEach
    void close() {
        this.undoLog.close();
        this.store.close();
    }

    private RollbackService service() {
        return RollbackService.of(
                this.store,
                this.log,
                this.verifier,
                this.undoLog,
                List.of(this.files, this.refunds),
                id -> false,
                this.ids,
                CLOCK);
    }

    private RollbackReport rollback(RunId run) {
        return service().rollback(RollbackRequest.of(run, Actor.of("admin@example.org"), null));
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.store.file());
                Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (var rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger);
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private ActionRequest decide(RunId run, String name) {
        ActionRequest request = new ActionRequest(
                this.ids.next(),
                Run.of(run),
                null,
                name,
                Map.of(),
                Actor.of("agent"),
                null,
                Reversibility.REVERSIBLE,
                Instant.now());
        this.log.append(ReceiptDraft.decided(request, decision(), EnactMode.ENFORCE));
        return request;
    }

    private static Decision decision() {
        return Decision.of(List.of(), EnactMode.ENFORCE, "sha256:00");
    }

    private ActionStep put(ActionRequest request, String key, String value) {
        UndoRecord record = this.undoLog.begin(
                request.run().id(),
                request.actionId(),
                "files",
                "put",
                Map.of("key", key),
                Reversibility.REVERSIBLE,
                this.files.capture(key, value));
        this.files.put(key, value);
        this.undoLog.end(record.position(), UndoRecord.State.DONE, null);
        return step("files.put", record);
    }

    private static ActionStep step(String action, UndoRecord record) {
        return new ActionStep(
                action, true, Map.of(), null, Reversibility.REVERSIBLE, record.position(), record.digest());
    }

    private void complete(ActionRequest request, ActionStep... steps) {
        this.log.append(ReceiptDraft.completed(
                request,
                decision(),
                EnactMode.ENFORCE,
                Instant.now(),
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                List.of(steps)));
    }

    private RunId run() {
        return new RunId(this.ids.next());
    }

    @Test
    void anOutcomeHiddenByItsIndexColumnIsRefused() throws SQLException {
        RunId run = run();
        ActionRequest action = decide(run, "files.put"); // 1
        decide(run(), "other.run"); // 2
        ActionStep first = put(action, "a", "agent's");
        ActionStep second = put(action, "b", "agent's");
        complete(action, first, second); // 3
        decide(run(), "other.run"); // 4

        sql(
                "UPDATE receipt_entry SET run_id = '" + run() + "' WHERE seq = 3",
                "DELETE FROM undo_begun WHERE position = " + first.position(),
                "DELETE FROM undo_ended WHERE position = " + first.position());

        SoftAssertions.assertSoftly(softly -> {
            RollbackReport report = rollback(run);
            softly.assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
            softly.assertThat(this.files.values()).as("values").containsKeys("a", "b");
        });
    }

    @Test
    void aRunWithoutItsFirstActionIsRefused() throws SQLException {
        RunId run = run();
        ActionRequest wipe = decide(run, "files.put"); // 1
        ActionStep wiped = put(wipe, "a", "agent's");
        complete(wipe, wiped); // 2
        decide(run(), "other.run"); // 3
        ActionRequest harmless = decide(run, "files.put"); // 4
        complete(harmless, put(harmless, "b", "agent's")); // 5

        sql(
                "DELETE FROM receipt_entry WHERE seq IN (1, 2)",
                "DELETE FROM undo_begun WHERE position = " + wiped.position(),
                "DELETE FROM undo_ended WHERE position = " + wiped.position());

        SoftAssertions.assertSoftly(softly -> {
            RollbackReport report = rollback(run);
            softly.assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
            softly.assertThat(this.files.values()).as("values").containsKeys("a", "b");
        });
    }

    @Test
    void anEntryThatIsStoredTwiceIsRefused() throws SQLException {
        RunId run = run();
        ActionRequest action = decide(run, "files.put");
        complete(action, put(action, "a", "agent's"));
        sql(
                "CREATE TABLE twice AS SELECT * FROM receipt_entry",
                "INSERT INTO twice SELECT 99, log, seq, kind, run_id, action_id, ts, action, system, workflow, actor,"
                        + " decision, mode, original_run_id, entry FROM receipt_entry WHERE seq = 2",
                "DROP TABLE receipt_entry",
                "ALTER TABLE twice RENAME TO receipt_entry");

        assertThat(this.store.findByRun(run)).hasSize(3);
        assertThat(service().preview(run).result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(rollback(run).message()).contains("Entry 2 of receipt log log", "taken twice");
        assertThat(this.files.values()).containsKey("a");
    }

    @Test
    void aRollbackHiddenByItsIndexColumnIsNotDoneTwice() throws SQLException {
        RunId run = run();
        ActionRequest action = decide(run, "billing.charge");
        UndoRecord record = this.undoLog.begin(
                run,
                action.actionId(),
                "refunds",
                "charge",
                Map.of(),
                Reversibility.COMPENSATABLE,
                new Capture(new PreState(Map.of()), new Fingerprint(Map.of())));
        this.undoLog.end(record.position(), UndoRecord.State.DONE, null);
        complete(action, step("refunds.charge", record));
        decide(run(), "other.run");
        assertThat(rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.refunds.paid).isEqualTo(1);

        sql("UPDATE receipt_entry SET original_run_id = NULL");
        RollbackReport report = rollback(run);

        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("of receipt log log", "columns of its row");
        assertThat(this.refunds.paid).as("refunds paid").isEqualTo(1);
    }

    @Test
    void aRunThatIsHiddenAsAWholeIsRefusedRatherThanUnknown() throws SQLException {
        RunId run = run();
        ActionRequest action = decide(run, "files.put");
        complete(action, put(action, "a", "agent's"));
        decide(run(), "other.run");

        sql("UPDATE receipt_entry SET run_id = '" + run() + "' WHERE seq < 3");

        assertThat(rollback(run).result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.files.values()).containsKey("a");
    }

    @Test
    void aRunWhoseReceiptsStandInTwoLogsIsReadFromBoth() {
        RunId run = run();
        ActionRequest first = decide(run, "files.put");
        ActionStep put = put(first, "a", "agent's");
        ReceiptLog writtenFirst = this.log;
        this.log = ReceiptLog.direct("earlier-by-name", this.store, SIGNER, Masking.defaults(), CLOCK);
        complete(first, put);
        ActionRequest second = decide(run, "files.put");
        this.log = writtenFirst;
        complete(second, put(second, "a", "agent's again"));

        RollbackReport report = rollback(run);

        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.files.values()).isEmpty();
    }

    /** As an action that names an undo method and no capture method. */
    private static final class Refunds implements StepUndo {

        private int paid;

        @Override
        public String connector() {
            return "refunds";
        }

        @Override
        public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
            return newestFirst.stream().map(Refunds::answer).toList();
        }

        @Override
        public StepRestoration undo(UndoRecord record, boolean force) {
            this.paid++;
            return answer(record);
        }

        private static StepRestoration answer(UndoRecord record) {
            return new StepRestoration(record.position(), record.action(), Restoration.RESTORED, "Paid back.");
        }
    }
}
