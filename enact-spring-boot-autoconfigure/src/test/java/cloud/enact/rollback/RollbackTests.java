package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollbackTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    @Test
    void everythingComesBackNewestFirst() {
        this.office.files.put("a", "old");
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "newer")
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.repeated()).isFalse();
        assertThat(report.steps()).extracting(StepRestoration::position).containsExactly(3L, 2L, 1L);
        assertThat(report.steps()).extracting(StepRestoration::restoration).containsOnly(Restoration.RESTORED);
        assertThat(report.message()).contains("is rolled back: 3 restored");
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "old"));
        assertThat(this.office.tickets.values()).isEmpty();
    }

    @Test
    void aDurableStartAndASignedEndAreARunOfTheirOwn() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.files.beforeUndo = () ->
                assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).hasSize(1);

        this.office.service.rollback(
                RollbackRequest.of(this.run, Office.ADMIN, "wrong customer").claimedBy("chef@example.org"));

        assertThat(this.office.files.touched).isNotEmpty();
        Receipt started = this.office.receipts(ReceiptKind.ROLLBACK_STARTED).get(0);
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat(started.originalRunId()).isEqualTo(this.run);
        assertThat(ended.runId()).isEqualTo(started.runId()).isNotEqualTo(this.run);
        assertThat(ended.originalRunId()).isEqualTo(this.run);
        assertThat(ended.decision()).isEqualTo("ROLLED_BACK");
        assertThat(ended.actor()).isEqualTo("admin@example.org");
        assertThat(ended.fields())
                .containsEntry("payload", Map.of("claimed_actor", "chef@example.org", "reason", "wrong customer"))
                .hasEntrySatisfying(
                        "actions_reversed",
                        reversed -> assertThat((List<?>) reversed)
                                .singleElement()
                                .isEqualTo(Map.of(
                                        "position",
                                        1L,
                                        "action",
                                        "files.put",
                                        "restoration",
                                        "RESTORED",
                                        "verified",
                                        true,
                                        "detail",
                                        "The old value of 'a' is back.",
                                        "undo_digest",
                                        this.office
                                                .undoLog
                                                .findByRun(this.run)
                                                .get(0)
                                                .digest(),
                                        "note_position",
                                        3L,
                                        "redo_position",
                                        2L,
                                        "redo_digest",
                                        this.office
                                                .undoLog
                                                .findByRun(ended.runId())
                                                .get(0)
                                                .digest())));
        assertThat(this.office.verifier.verifyAll().valid()).isTrue();
    }

    @Test
    void aSecondCallTouchesNothingAndSaysSo() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.rollback(this.run);
        this.office.files.put("a", "of somebody else");
        this.office.files.touched.clear();
        int receipts = this.office.store.read("office", 1, 1000).size();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.repeated()).isTrue();
        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(report.message()).contains("rolled back before", "nothing was changed");
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.files.values()).containsEntry("a", "of somebody else");
        assertThat(this.office.store.read("office", 1, 1000)).hasSize(receipts);
        assertThat(this.office.service.preview(this.run).repeated()).isTrue();
    }

    @Test
    void aSecretThatWouldBeCutInHalfIsMaskedFirst() {
        String secret = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1cD3eF5";
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a".repeat(255) + " " + secret, "new")
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.steps().get(0).detail()).contains(secret);
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat(ended.fields().get("actions_reversed").toString())
                .contains("aaaa", "…")
                .doesNotContain("ghp_");
    }

    @Test
    void aConflictRefusesEverythingAndTouchesNothing() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        this.office.files.put("a", "of somebody else");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.SKIPPED, Restoration.CONFLICT);
        assertThat(report.message()).contains("nothing was touched", "skip or force");
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.tickets.touched).isEmpty();
        assertThat(this.office.files.values()).containsEntry("a", "of somebody else");
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("REFUSED"));
    }

    @Test
    void aRefusalDoesNotCountAsUndone() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.files.put("a", "of somebody else");
        this.office.rollback(this.run);
        this.office.files.put("a", "new");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.repeated()).isFalse();
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void aConflictThatIsSkippedLeavesTheRestToBeUndone() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        this.office.files.put("a", "of somebody else");

        RollbackReport report = this.office.rollback(this.run, Set.of(1L), Set.of());

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.SKIPPED);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "of somebody else"));
    }

    @Test
    void aConflictThatIsForcedIsRestored() {
        this.office.files.put("a", "old");
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.files.put("a", "of somebody else");

        RollbackReport report = this.office.rollback(this.run, Set.of(), Set.of(1L));

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "old"));
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK).get(0).fields())
                .containsEntry("payload", Map.of("force", List.of(1L)));
    }

    @Test
    void whatWasSkippedCanBeUndoneLater() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        this.office.rollback(this.run, Set.of(1L), Set.of());

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.repeated()).isFalse();
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED, Restoration.RESTORED);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void unknownOrContradictoryPositionsAreRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.office.rollback(this.run, Set.of(7L), Set.of()))
                .withMessage("The run has no step at position 7; a preview lists the positions of its steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.office.rollback(this.run, Set.of(), Set.of(-1L)))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.office.rollback(this.run, Set.of(1L), Set.of(1L)))
                .withMessageContaining("both to skip and to force");
        assertThat(this.office.files.touched).isEmpty();
    }

    @Test
    void anIrreversibleStepNeverStopsTheOthers() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.send")
                .special(this.office.files, "send", Reversibility.IRREVERSIBLE)
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.IRREVERSIBLE, Restoration.RESTORED);
        assertThat(report.message()).contains("needs a person");
        assertThat(this.office.files.values()).isEmpty();
        assertThat(this.office.rollback(this.run))
                .satisfies(second -> assertThat(second.repeated()).isTrue())
                .satisfies(second -> assertThat(second.result()).isEqualTo(RollbackResult.PARTIAL));
    }

    @Test
    void anIrreversibleActionThatCapturedNothingIsTold() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "mail.send")
                .reversibility(Reversibility.IRREVERSIBLE)
                .succeeds();
        this.office
                .action(this.run, "billing.charge")
                .reversibility(Reversibility.COMPENSATABLE)
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::action)
                .containsExactly("files.put", "billing.charge", "mail.send");
        assertThat(report.steps().get(1).detail()).contains("inverse", "by hand");
        assertThat(report.steps().get(2))
                .satisfies(line -> assertThat(line.position()).isZero())
                .satisfies(line -> assertThat(line.restoration()).isEqualTo(Restoration.IRREVERSIBLE));
    }

    @Test
    void anUncapturedStepAmongCapturedOnesIsTold() {
        this.office
                .action(this.run, "desk.close")
                .reversibility(Reversibility.IRREVERSIBLE)
                .put(this.office.files, "a", "new")
                .step("mail.send", Reversibility.IRREVERSIBLE, null)
                .step(new ActionStep("files.put", true, Map.of(), "unchanged", Reversibility.REVERSIBLE, null, null))
                .step("files.read", Reversibility.READ_ONLY, null)
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps()).extracting(StepRestoration::action).containsExactly("files.put", "mail.send");
    }

    @Test
    void aStepThatPoliciesJudgedOnItsOwnIsToldOnce() {
        Office.ActionUnderWay outer =
                this.office.action(this.run, "desk.close").observed().reversibility(Reversibility.IRREVERSIBLE);
        outer.within("mail.send")
                .observed()
                .reversibility(Reversibility.IRREVERSIBLE)
                .succeeds();
        outer.step("mail.send", Reversibility.IRREVERSIBLE, null).succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.steps()).extracting(StepRestoration::action).containsExactly("mail.send");
        assertThat(report.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
    }

    @Test
    void whileObservingAStepWhoseCaptureFailedIsTold() {
        this.office
                .action(this.run, "files.put")
                .observed()
                .step("files.put", Reversibility.REVERSIBLE, null)
                .succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.steps())
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("not captured"));
    }

    @Test
    void whatChangedNothingHasNoLine() {
        this.office.action(this.run, "files.read").readOnly().succeeds();
        this.office.action(this.run, "git.push").blocked();
        this.office
                .action(this.run, "mail.send")
                .reversibility(Reversibility.IRREVERSIBLE)
                .ends(Map.of("status", "FAILED", "error", "no such address"));
        this.office
                .action(this.run, "crm.update")
                .reversibility(Reversibility.IRREVERSIBLE)
                .ends(Map.of("status", "FAILED", "transaction", "ROLLED_BACK"));

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
        assertThat(report.steps()).isEmpty();
        assertThat(report.message()).contains("nothing that could be undone");
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);
    }

    @Test
    void aFailedActionWhoseTransactionWasCommittedIsTold() {
        this.office
                .action(this.run, "crm.update")
                .reversibility(Reversibility.IRREVERSIBLE)
                .ends(Map.of("status", "FAILED", "transaction", "COMMITTED"));

        assertThat(this.office.rollback(this.run).steps())
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("may have been committed"));
    }

    @Test
    void anOutcomeThatIsUnknownIsTold() {
        this.office
                .action(this.run, "mail.send")
                .reversibility(Reversibility.IRREVERSIBLE)
                .ends(Map.of("status", "UNKNOWN"));

        assertThat(this.office.rollback(this.run).steps())
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("Nobody knows"));
    }

    @Test
    void aStepInDoubtIsResolvedByLooking() {
        this.office.files.put("a", "old");
        this.office.files.put("b", "old");
        Office.ActionUnderWay crashed = this.office.action(this.run, "files.put");
        crashed.begin(this.office.files, "put", "a", this.office.files.capture("a", "new"));
        crashed.begin(this.office.files, "put", "b", this.office.files.capture("b", "new"));
        this.office.files.put("a", "new");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED, Restoration.RESTORED);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "old", "b", "old"));
    }

    @Test
    void anActionInDoubtWithoutAnyStepIsTold() {
        this.office
                .action(this.run, "mail.send")
                .reversibility(Reversibility.IRREVERSIBLE)
                .decide();
        this.office.action(this.run, "files.read").readOnly().decide();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.steps())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .isEqualTo(new StepRestoration(
                                0,
                                "mail.send",
                                Restoration.IRREVERSIBLE,
                                "Nobody knows whether it took effect: look, and take it back by hand.")));
    }

    @Test
    void anActionThatStillRunsIsLeftAlone() {
        Office.ActionUnderWay running =
                this.office.action(this.run, "files.put").put(this.office.files, "a", "new");
        this.office.inFlight.add(running.id());

        RollbackReport refused = this.office.rollback(this.run);

        assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(refused.message()).contains("files.put", "still running");
        assertThat(this.office.files.touched).isEmpty();

        running.succeeds();
        this.office.inFlight.clear();

        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void whatWaitsForSomebodyIsPendingAndAskedAgain() {
        this.office
                .action(this.run, "files.propose")
                .special(this.office.files, "propose", Reversibility.COMPENSATABLE)
                .succeeds();

        RollbackReport first = this.office.rollback(this.run);
        RollbackReport second = this.office.rollback(this.run);

        assertThat(first.result()).isEqualTo(RollbackResult.PENDING);
        assertThat(second.result()).isEqualTo(RollbackResult.PENDING);
        assertThat(second.repeated()).isFalse();
        assertThat(this.office.files.touched).containsExactly(1L, 1L);
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertThatExceptionOfType(UnknownRunException.class).isThrownBy(() -> this.office.rollback(this.run));
        assertThatExceptionOfType(UnknownRunException.class).isThrownBy(() -> this.office.service.preview(this.run));
    }

    @Test
    void aPreviewSaysWhatWouldHappenAndWritesNothing() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "mail.send")
                .reversibility(Reversibility.IRREVERSIBLE)
                .succeeds();
        int receipts = this.office.store.read("office", 1, 1000).size();

        RollbackReport report = this.office.service.preview(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.IRREVERSIBLE);
        assertThat(report.message()).contains("would be rolled back in part");
        assertThat(this.office.files.values()).containsEntry("a", "new");
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.store.read("office", 1, 1000)).hasSize(receipts);
        assertThat(this.office.undoLog.findByRun(this.run)).hasSize(1);
    }

    @Test
    void aPreviewOfAConflictSaysThatItWouldBeRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.files.put("a", "of somebody else");

        RollbackReport report = this.office.service.preview(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps()).extracting(StepRestoration::restoration).containsExactly(Restoration.CONFLICT);
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).isEmpty();
    }
}
