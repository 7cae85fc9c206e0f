package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.policy.Effect;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Before the action a store that fails stops it; after it nothing does, and nothing is hidden. */
@ExtendWith(OutputCaptureExtension.class)
class StoreFailureTests {

    private static final Actor ANN = Actor.of("ann@example.com");

    private final WatchedStore store = new WatchedStore();

    @TempDir
    Path directory;

    @Test
    void decisionThatCannotBeRecordedIsABlock() {
        application().run(context -> {
            this.store.refuse(ReceiptKind.DECIDED);

            assertThatThrownBy(() -> context.getBean(Till.class).pay(5))
                    .isInstanceOf(ActionBlockedException.class)
                    .hasMessageContaining("can't be recorded");

            assertThat(context.getBean(Till.class).paid()).isZero();
            assertThat(context.getBean(GateState.class).blockedCount()).isPositive();
        });
    }

    @Test
    void modelIsToldWhenTheDecisionCannotBeRecorded() {
        application().run(context -> {
            this.store.refuse(ReceiptKind.DECIDED);
            GateHarness.model(context).thenCalls("pay", "{\"amount\":5}");

            String answer = GateHarness.chatClient(context)
                    .prompt("Pay")
                    .tools(context.getBean(Till.class))
                    .call()
                    .content();

            assertThat(answer).isEqualTo("done");
            assertThat(context.getBean(Till.class).paid()).isZero();
            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("\"decision\":\"BLOCK\"", "enact.receipts")
                    .doesNotContain("disk is full");
        });
    }

    @Test
    void decisionThatCannotBeRecordedStopsNothingWhileObserving() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            this.store.refuse(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);

            assertThat(context.getBean(Till.class).pay(5)).isEqualTo("paid 5");

            GateState state = context.getBean(GateState.class);
            assertThat(state.failedOpenCount()).isEqualTo(1);
            assertThat(state.problem()).contains("till.pay");
        });
    }

    @Test
    void codeGetsItsValueWhileObservingAlthoughNothingCouldBeRecorded() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            this.store.refuse(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);

            ActionResult result = GateHarness.enact(context).run("till.pay", ANN, Map.of("amount", 5));

            assertThat(result.passed()).isTrue();
            assertThat(result.receipt()).isNull();
            assertThat(result.decision().effect()).isEqualTo(Effect.PASS);
        });
    }

    @Test
    void codeIsToldWhenTheDecisionCannotBeRecorded() {
        application().run(context -> {
            this.store.refuse(ReceiptKind.DECIDED);

            ActionResult result = GateHarness.enact(context).run("till.pay", ANN, Map.of("amount", 5));

            assertThat(result.passed()).isFalse();
            assertThat(result.receipt()).isNull();
            assertThat(result.decision().effect()).isEqualTo(Effect.BLOCK);
            assertThat(context.getBean(Till.class).paid()).isZero();
        });
    }

    @Test
    void outcomeThatCannotBeRecordedLeavesTheValueAloneAndTheRunInDoubt(CapturedOutput output) {
        application().run(context -> {
            this.store.refuse(ReceiptKind.COMPLETED);

            assertThat(context.getBean(Till.class).pay(5)).isEqualTo("paid 5");

            Receipt decided = GateHarness.receipts(context, "till.pay").get(0);
            assertThat(context.getBean(GateState.class).unrecordedCount()).isEqualTo(1);
            assertThat(context.getBean(GateState.class).problem())
                    .contains(decided.runId().toString());
            assertThat(output).contains("ERROR", "could not be recorded; the run is in doubt");
            assertThat(new InDoubtRuns(this.store, "own").find(context.getBean(ActionsInFlight.class)::test))
                    .containsExactly(decided);
        });
    }

    @Test
    void storeThatBreaksDownTakesTheValueOfNoAction() {
        application().run(context -> {
            String paid = context.getBean(Till.class).payAnd(5, this.store::breakDown);

            assertThat(paid).isEqualTo("paid 5");
            assertThat(context.getBean(GateState.class).unrecordedCount()).isEqualTo(1);
        });
    }

    @Test
    void storeThatBreaksDownStopsNothingWhileObserving() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            this.store.breakDown();

            assertThat(context.getBean(Till.class).pay(5)).isEqualTo("paid 5");
        });
    }

    @Test
    void actionThatStillRunsIsNotInDoubt() {
        application().run(context -> {
            context.getBean(Till.class)
                    .pay(
                            5,
                            () -> assertThat(new InDoubtRuns(this.store, "own")
                                            .find(context.getBean(ActionsInFlight.class)::test))
                                    .isEmpty());
        });
    }

    @Test
    void runsInDoubtAreWarnedOfAtStartUp(CapturedOutput output) {
        application().run(context -> {
            this.store.refuse(ReceiptKind.COMPLETED);
            context.getBean(Till.class).pay(5);
        });
        this.store.acceptAll();

        application().run(context -> {
            Receipt decided = GateHarness.receipts(context, "till.pay").get(0);
            assertThat(output)
                    .contains("WARN", "1 run is in doubt", decided.runId().toString());
        });
    }

    @Test
    void refusedStepThatCannotBeRecordedStopsNothingWhileObserving() {
        files().withPropertyValues("enact.mode=observe", "enact.policies[0].policy=filesystem.dont-delete-file")
                .run(context -> {
                    Path file = Files.writeString(this.directory.resolve("files/a.txt"), "x");
                    this.store.refuse(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);

                    context.getBean(Till.class).shred(context.getBean(FilesystemConnector.class), "a.txt");

                    assertThat(file).doesNotExist();
                    assertThat(context.getBean(GateState.class).failedOpenCount())
                            .isGreaterThanOrEqualTo(2);
                });
    }

    @Test
    void refusedStepIsStoppedEvenWhenItsRefusalCannotBeRecorded() {
        files().withPropertyValues("enact.policies[0].policy=filesystem.dont-delete-file")
                .run(context -> {
                    Path file = Files.writeString(this.directory.resolve("files/a.txt"), "x");
                    FilesystemConnector connector = context.getBean(FilesystemConnector.class);

                    assertThatThrownBy(() -> context.getBean(Till.class)
                                    .shredAfter(connector, "a.txt", () -> this.store.refuse(ReceiptKind.DECIDED)))
                            .isInstanceOf(ActionBlockedException.class);

                    assertThat(file).exists();
                });
    }

    @Test
    void storeThatTakesNothingAtStartUpStopsTheApplication() {
        this.store.refuse(ReceiptKind.values());

        application().run(context -> assertThat(context).hasFailed());
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withBean("store", ReceiptStore.class, () -> this.store)
                .withUserConfiguration(Shop.class);
    }

    private ApplicationContextRunner files() {
        return GateHarness.withFiles(this.directory)
                .withBean("store", ReceiptStore.class, () -> this.store)
                .withUserConfiguration(Shop.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        Till till() {
            return new Till();
        }
    }

    static class Till {

        private long paid;

        @Tool(description = "Pays")
        @EnactAction("till.pay")
        public String pay(long amount) {
            this.paid += amount;
            return "paid " + amount;
        }

        @EnactAction("till.pay_while")
        public void pay(long amount, Runnable meanwhile) {
            this.paid += amount;
            meanwhile.run();
        }

        @EnactAction("till.pay_and")
        public String payAnd(long amount, Runnable then) {
            then.run();
            return "paid " + amount;
        }

        @EnactAction("till.tidy")
        public void shred(FilesystemConnector files, String path) {
            files.deleteFile(path);
        }

        @EnactAction("till.tidy_after")
        public void shredAfter(FilesystemConnector files, String path, Runnable before) {
            before.run();
            files.deleteFile(path);
        }

        long paid() {
            return this.paid;
        }
    }
}
