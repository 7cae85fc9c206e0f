package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.policy.Effect;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Policies that name {@code enact.rollback} decide about rollbacks, and no others do. */
class RollbackPoliciesTests {

    private static final Actor SUPPORT = Actor.of("sue@example.com", "support");

    private static final Actor ADMIN = Actor.of("ann@example.com", "admin");

    @TempDir
    Path directory;

    private Path file() {
        return this.directory.resolve("files/note.txt");
    }

    private ApplicationContextRunner application(String... rule) {
        ApplicationContextRunner application = GateHarness.withFiles(this.directory);
        for (String property : rule) {
            application = application.withPropertyValues("enact.policies[0]." + property);
        }
        return application;
    }

    private static RunId write(ApplicationContext context) {
        return GateHarness.enact(context)
                .run("filesystem.write_file", Actor.of("agent"), Map.of("path", "note.txt", "content", "agent's"))
                .runId();
    }

    private static RollbackReport rollback(ApplicationContext context, RunId run, Actor actor) {
        return GateHarness.enact(context).rollback(RollbackRequest.of(run, actor, "wrong note"));
    }

    @Test
    void aRuleTellsTheRollbackOfARollbackFromAnother() {
        application("name=nothing-comes-again", "on=enact.rollback", "block=args.redo", "reason=It was undone for good")
                .run(context -> {
                    RollbackReport undone = rollback(context, write(context), SUPPORT);
                    RollbackReport again = rollback(context, Objects.requireNonNull(undone.rollbackRunId()), SUPPORT);

                    assertThat(undone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(again.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(again.message()).contains("nothing-comes-again: It was undone for good");
                    assertThat(file()).doesNotExist();
                });
    }

    @Test
    void aRuleForRollbackStopsItBeforeAnythingIsTouched() {
        application(
                        "name=only-admins-roll-back",
                        "on=enact.rollback",
                        "block=!('admin' in actor.roles)",
                        "reason=Ask an administrator")
                .run(context -> {
                    RunId run = write(context);

                    RollbackReport preview = context.getBean(RollbackService.class)
                            .preview(RollbackRequest.of(run, SUPPORT, "wrong note"));
                    RollbackReport refused = rollback(context, run, SUPPORT);

                    assertThat(preview.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(preview.message()).contains("would be refused", "Ask an administrator");
                    assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(refused.message())
                            .contains("nothing was touched", "only-admins-roll-back: Ask an administrator");
                    assertThat(refused.steps())
                            .extracting(StepRestoration::restoration)
                            .containsExactly(Restoration.SKIPPED);
                    assertThat(file()).hasContent("agent's");
                    Receipt receipt = GateHarness.receipts(context, "enact.rollback", ReceiptKind.ROLLED_BACK)
                            .get(0);
                    assertThat(receipt.actor()).isEqualTo("sue@example.com");
                    assertThat(receipt.fields().get("payload"))
                            .asString()
                            .contains("decision=BLOCK", "policy=only-admins-roll-back", "reason=wrong note");

                    assertThat(rollback(context, run, ADMIN).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(file()).doesNotExist();
                    assertThat(GateHarness.receipts(context, "enact.rollback", ReceiptKind.ROLLBACK_STARTED)
                                    .get(0)
                                    .fields()
                                    .get("payload"))
                            .asString()
                            .contains("decision=PASS");
                });
    }

    @Test
    void aPolicyOfTheCatalogueJudgesWhoAsks() {
        application("policy=access.require-actor-role", "on=enact.rollback", "with.roles[0]=admin")
                .run(context -> {
                    RunId run = write(context);

                    assertThat(rollback(context, run, SUPPORT).result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(file()).hasContent("agent's");
                    assertThat(rollback(context, run, ADMIN).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                });
    }

    @Test
    void aRuleThatAsksRefusesAsLongAsNobodyCanBeAsked() {
        application("name=ask-first", "on=enact.*", "ask=args.steps > 0", "reason=Somebody else looks first")
                .run(context -> {
                    RollbackReport refused = rollback(context, write(context), ADMIN);

                    assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(refused.message()).contains("would have to approve", "Somebody else looks first");
                    assertThat(file()).hasContent("agent's");
                });
    }

    @Test
    void aRuleForEverythingStopsNoUndo() {
        for (String on : List.of("on=*", "on=*rollback", "name=everything")) {
            application("name=freeze", "block=args.exists(name, name == 'run_id')", on)
                    .run(context -> {
                        assertThat(rollback(context, write(context), SUPPORT).result())
                                .isEqualTo(RollbackResult.ROLLED_BACK);
                        assertThat(GateHarness.receipts(context, "enact.rollback", ReceiptKind.ROLLED_BACK)
                                        .get(0)
                                        .fields()
                                        .get("payload"))
                                .asString()
                                .doesNotContain("policy_results");
                    });
        }
    }

    @Test
    void aToolThatIsCalledLikeARollbackEscapesNoRule() {
        application("name=freeze", "block=true", "on=*")
                .run(context -> assertThat(GateHarness.enact(context)
                                .decide("enact.rollback", ADMIN, Map.of())
                                .effect())
                        .isEqualTo(Effect.BLOCK));
    }

    @Test
    void whileObservingARuleIsRecordedAndStopsNothing() {
        application("name=never", "on=enact.rollback", "block=true", "reason=Never")
                .withPropertyValues("enact.mode=observe")
                .run(context -> {
                    RollbackReport report = rollback(context, write(context), ADMIN);

                    assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(report.message()).contains("would not have been permitted", "Never");
                    assertThat(file()).doesNotExist();
                    assertThat(GateHarness.receipts(context, "enact.rollback", ReceiptKind.ROLLED_BACK)
                                    .get(0)
                                    .fields()
                                    .get("payload"))
                            .asString()
                            .contains("decision=BLOCK");
                });
    }

    @Test
    void aRuleSeesWhatWouldBeUndone() {
        application(
                        "name=facts",
                        "on=enact.rollback",
                        "block=!(args.steps == 1 && args.irreversible == 0 && args.systems == ['filesystem']"
                                + " && !args.selected && args.reason == 'wrong note' && args.run_id.size() == 36)",
                        "reason=Other facts")
                .run(context -> assertThat(
                                rollback(context, write(context), ADMIN).result())
                        .isEqualTo(RollbackResult.ROLLED_BACK));
    }

    @Test
    void aRollbackOfARollbackIsJudgedToo() {
        application(
                        "name=no-second-thoughts",
                        "on=enact.rollback",
                        "block=args.reason == 'second thoughts'",
                        "reason=Decide once")
                .run(context -> {
                    RollbackReport undone = rollback(context, write(context), ADMIN);

                    RollbackReport refused = GateHarness.enact(context)
                            .rollback(RollbackRequest.of(
                                    Objects.requireNonNull(undone.rollbackRunId()), ADMIN, "second thoughts"));
                    assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);

                    assertThat(rollback(context, Objects.requireNonNull(undone.rollbackRunId()), ADMIN)
                                    .result())
                            .isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(file()).hasContent("agent's");
                });
    }
}
