package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rollback is a run that can be rolled back. */
class RedoTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    private void put(KeyValues system, String key, String value) {
        this.office
                .action(this.run, system.connector() + ".put")
                .put(system, key, value)
                .succeeds();
    }

    private static RunId id(RollbackReport report) {
        return Objects.requireNonNull(report.rollbackRunId());
    }

    @Test
    void whatWasUndoneByMistakeIsDoneAgain() {
        this.office.files.put("a", "0");
        put(this.office.files, "a", "1");
        put(this.office.tickets, "t", "open");
        put(this.office.files, "a", "2");
        RollbackReport undone = this.office.rollback(this.run);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "0"));

        RollbackReport preview = this.office.service.preview(id(undone));
        RollbackReport redone = this.office.rollback(id(undone));

        assertThat(preview.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(redone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(redone.steps())
                .extracting(StepRestoration::action)
                .containsExactly("files.unput", "tickets.unput", "files.unput");
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "2"));
        assertThat(this.office.tickets.values()).isEqualTo(Map.of("t", "open"));
        assertThat(this.office.rollback(id(undone)).repeated()).isTrue();
        assertThat(RollbackState.of(this.office.store, this.run).state()).isEqualTo("NONE");
        assertThat(RollbackState.of(this.office.store, id(undone)).state()).isEqualTo("ROLLED_BACK");
        this.office.rollback(id(redone));
        assertThat(RollbackState.of(this.office.store, this.run).state()).isEqualTo("ROLLED_BACK");
        assertThat(this.office.verifier.verifyAll().valid()).isTrue();
    }

    @Test
    void aRunIsNotRolledBackAnyMoreWhenItsRollbackWasTakenBackInPart() {
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        RunId undone = id(this.office.rollback(this.run));

        RollbackReport redone = this.office.service.rollback(RollbackRequest.of(undone, Office.ADMIN, null)
                .only(this.office.service.preview(RollbackRequest.of(undone, Office.ADMIN, null)).steps().stream()
                        .map(StepRestoration::position)
                        .limit(1)
                        .collect(Collectors.toSet())));

        assertThat(redone.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(this.office.files.values()).hasSize(1);
        assertThat(RollbackState.of(this.office.store, this.run).state()).isEqualTo("PARTIAL");
    }

    @Test
    void theRunCanBeRolledBackAgainAndSoOnToAnyDepth() {
        this.office.files.put("a", "0");
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        put(this.office.files, "a", "2");
        Map<String, String> before = Map.of("a", "0");
        Map<String, String> after = Map.of("a", "2", "b", "1");

        RunId newest = this.run;
        for (int depth = 1; depth <= 6; depth++) {
            RollbackReport report = this.office.rollback(newest);
            assertThat(report.result()).as("depth %d", depth).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.office.files.values()).isEqualTo((depth % 2 == 1) ? before : after);
            newest = id(report);
        }
        for (int round = 0; round < 3; round++) {
            RollbackReport undone = this.office.rollback(this.run);
            assertThat(undone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(undone.repeated()).isFalse();
            assertThat(this.office.files.values()).isEqualTo(before);
            RollbackReport again = this.office.rollback(this.run);
            assertThat(again.repeated()).isTrue();
            assertThat(again.rollbackRunId()).isEqualTo(undone.rollbackRunId());
            this.office.rollback(id(undone));
            assertThat(this.office.files.values()).isEqualTo(after);
        }
    }

    @Test
    void onlyWhatWasDoneAgainIsUndoneAgain() {
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        RunId rollback = id(this.office.rollback(this.run));
        long redoOfA = this.office.service.preview(rollback).steps().get(0).position();
        this.office.service.rollback(
                RollbackRequest.of(rollback, Office.ADMIN, null).only(redoOfA));
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "1"));

        RollbackReport again = this.office.rollback(this.run);

        assertThat(again.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED, Restoration.RESTORED);
        assertThat(this.office.files.values()).isEmpty();
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(2);
        assertThat(ended.fields().get("actions_reversed"))
                .asString()
                .contains("restored_by=" + rollback, "verified=false");

        // what the second rollback found undone is the first one's to do again
        this.office.rollback(rollback);
        assertThat(this.office.files.values()).isEqualTo(Map.of("b", "1"));
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void whatNothingWasKeptOfIsNotDoneAgainAndSaidSo() {
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        this.office.files.forgetful.add("a");
        RunId rollback = id(this.office.rollback(this.run));

        RollbackReport redone = this.office.rollback(rollback);

        assertThat(redone.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(redone.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.IRREVERSIBLE);
        assertThat(redone.steps().get(1).detail()).contains("can't be taken back");
        assertThat(this.office.files.values()).isEqualTo(Map.of("b", "1"));

        assertThat(this.office.rollback(this.run).steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void laterWorkStopsDoingItAgain() {
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        RunId rollback = id(this.office.rollback(this.run));
        this.office.files.put("b", "of somebody else");

        RollbackReport refused = this.office.rollback(rollback);

        assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.office.files.values()).isEqualTo(Map.of("b", "of somebody else"));
        long conflict = refused.steps().stream()
                .filter(step -> step.restoration() == Restoration.CONFLICT)
                .findFirst()
                .orElseThrow()
                .position();
        assertThat(this.office
                        .service
                        .rollback(
                                RollbackRequest.of(rollback, Office.ADMIN, null).forcing(conflict))
                        .result())
                .isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "1", "b", "1"));
    }

    @Test
    void whatWasForcedOverLaterWorkComesBackWithTheLaterWork() {
        put(this.office.files, "a", "1");
        this.office.files.put("a", "of somebody else");
        RollbackReport forced = this.office.service.rollback(
                RollbackRequest.of(this.run, Office.ADMIN, null).forcing(1L));
        assertThat(this.office.files.values()).isEmpty();

        assertThat(this.office.rollback(id(forced)).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "of somebody else"));
    }

    @Test
    void aRefusedRollbackHoldsNothingToUndo() {
        put(this.office.files, "a", "1");
        this.office.files.put("a", "of somebody else");

        RollbackReport refused = this.office.rollback(this.run);

        assertThat(this.office.rollback(id(refused)).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
    }

    /** Dies in the rollback, or in the rollback of that, after so many writes. */
    @ParameterizedTest
    @CsvSource({
        "0,99", "1,99", "2,99", "3,99", "4,99", "5,99", "6,99", "7,99", "8,99", "9,99", "10,99", "11,99", "12,99",
        "99,0", "99,1", "99,2", "99,3", "99,4", "99,5", "99,6", "99,7", "99,8", "99,9", "99,10", "99,11", "99,12",
        "3,3", "5,3", "6,4", "9,2", "9,7", "10,6"
    })
    void aCrashAnywhereEndsWhereAnUninterruptedOneWould(int rollbackWrites, int redoWrites) {
        this.office.files.put("a", "0");
        put(this.office.files, "a", "1");
        put(this.office.files, "b", "1");
        put(this.office.files, "a", "2");
        dying(rollbackWrites, this.run);
        RunId rollback =
                this.office.receipts(ReceiptKind.ROLLBACK_STARTED).get(0).runId();

        dying(redoWrites, rollback);
        this.office.rollback(rollback);

        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "2", "b", "1"));
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "0"));
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
    }

    private void dying(int writes, RunId run) {
        UndoLog crashing = new CrashingUndoLog(this.office.undoLog, writes);
        RollbackService service = this.office.service(this.office.log, crashing, List.of(this.office.files));
        try {
            service.rollback(RollbackRequest.of(run, Office.ADMIN, null));
        } catch (CrashingUndoLog.ProcessDied ex) {
            assertThat(writes).isLessThan(12);
        }
    }

    /** Nobody knows whether the run's change is there again, so nobody says that it is undone. */
    @Test
    void whatMayHaveBeenDoneAgainIsLookedAt() {
        put(this.office.files, "a", "1");
        RunId rollback = id(this.office.rollback(this.run));
        RollbackService deaf = this.office.service(
                this.office.log, this.office.undoLog, List.of(new LostAnswers(this.office.files, () -> true)));
        RollbackReport redo = deaf.rollback(RollbackRequest.of(rollback, Office.ADMIN, null));
        assertThat(redo.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "1"));
        assertThat(RollbackState.of(this.office.store, this.run).state()).isEqualTo("PARTIAL");

        RollbackReport undone = this.office.rollback(this.run);

        assertThat(undone.repeated()).isFalse();
        assertThat(undone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEmpty();
        assertThat(RollbackState.of(this.office.store, this.run).state()).isEqualTo("ROLLED_BACK");
    }

    @Test
    void aRunAndItsRollbackAreNotUndoneAtTheSameTime() {
        put(this.office.files, "a", "1");
        RunId rollback = id(this.office.rollback(this.run));
        List<RollbackReport> meanwhile = new ArrayList<>();
        this.office.files.beforeUndo = () -> {
            this.office.files.beforeUndo = () -> {};
            meanwhile.add(this.office.rollback(this.run));
        };

        assertThat(this.office.rollback(rollback).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(meanwhile)
                .singleElement()
                .satisfies(report -> assertThat(report.result()).isEqualTo(RollbackResult.REFUSED))
                .satisfies(report -> assertThat(report.message()).contains("being rolled back right now"));
    }

    @Test
    void theReceiptBindsWhatCouldBeDoneAgain() {
        put(this.office.files, "a", "1");
        RunId rollback = id(this.office.rollback(this.run));
        UndoLog emptied = new FilteredUndoLog(
                this.office.undoLog, record -> !record.operation().equals("unput"));
        RollbackService service = this.office.service(this.office.log, emptied, List.of(this.office.files));

        RollbackReport redo = service.rollback(RollbackRequest.of(rollback, Office.ADMIN, null));
        RollbackReport undo = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(redo.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(redo.message()).contains("Step 2 is not in the undo log as the receipt of the rollback names it");
        assertThat(undo.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void whatIsAddedToARollbackAfterItsEndIsNotDone() {
        put(this.office.files, "a", "1");
        RollbackReport undone = this.office.rollback(this.run);
        UUID action = this.office.undoLog.findByRun(id(undone)).get(0).actionId();
        for (UUID by : List.of(action, this.office.ids.next())) {
            this.office.undoLog.begin(
                    id(undone),
                    by,
                    "files",
                    "put",
                    Map.of("key", "b"),
                    Reversibility.REVERSIBLE,
                    this.office.files.capture("b", null));
            RollbackReport report = this.office.rollback(id(undone));
            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.message()).contains("nothing was touched", "receipt of the rollback");
        }
    }
}
