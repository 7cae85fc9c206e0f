package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Actions that name their capture and undo methods are taken back by them. */
class MethodUndoTests {

    @TempDir
    Path directory;

    @Test
    void undoBringsBackWhatWasCaptured() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.set("apple", 5);

            RollbackReport report = rollback(context, "prices.set");

            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void toolCallIsCapturedOnTheBeanBehindTheProxy() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("set", "{\"fruit\":\"apple\",\"price\":5}");

            GateHarness.chatClient(context)
                    .prompt("Raise")
                    .tools(context.getBean(Prices.class))
                    .call()
                    .content();

            assertThat(context.getBean(Prices.class).all()).containsEntry("apple", 5);
            assertThat(rollback(context, "prices.set").result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(context.getBean(Prices.class).all()).containsEntry("apple", 1);
        });
    }

    @Test
    void secondRollbackChangesNothingAndSaysSo() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.set("apple", 5);
            rollback(context, "prices.set");
            prices.silently("apple", 9);

            RollbackReport second = rollback(context, "prices.set");

            assertThat(second.repeated()).isTrue();
            assertThat(prices.all()).containsEntry("apple", 9);
        });
    }

    @Test
    void laterChangeIsAConflictAndIsLeftAlone() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.set("apple", 5);
            prices.silently("apple", 7);

            RollbackReport report = rollback(context, "prices.set");

            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.steps()).extracting(StepRestoration::restoration).containsExactly(Restoration.CONFLICT);
            assertThat(prices.all()).containsEntry("apple", 7);
        });
    }

    @Test
    void conflictIsForcedByName() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.set("apple", 5);
            prices.silently("apple", 7);
            RunId run = runOf(context, "prices.set");
            long position = GateHarness.enact(context)
                    .previewRollback(run)
                    .steps()
                    .get(0)
                    .position();

            RollbackReport report = GateHarness.enact(context)
                    .rollback(RollbackRequest.of(run, cloud.enact.action.Actor.of("ann@example.com"), "agreed")
                            .forcing(position));

            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void stateThatCameBackByItselfIsFine() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.set("apple", 5);
            prices.silently("apple", 1);

            RollbackReport report = rollback(context, "prices.set");

            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(report.steps())
                    .extracting(StepRestoration::restoration)
                    .containsExactly(Restoration.ALREADY_RESTORED);
        });
    }

    @Test
    void twoChangesOfOneThingAreTakenBackNewestFirst() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            RunId run;
            try (var open = GateHarness.enact(context).openRun("sale")) {
                run = open.id();
                prices.set("apple", 5);
                prices.set("apple", 8);
            }

            assertThat(GateHarness.enact(context).rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void whatAnActionDidBeforeItThrewIsTakenBack() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThatThrownBy(() -> prices.setAndFail("apple", 5)).hasMessage("half-way");
            assertThat(prices.all()).containsEntry("apple", 5);

            RollbackReport report = rollback(context, "prices.set_and_fail");

            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void captureThatThrowsIsABlock() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThatThrownBy(() -> prices.setUnseen("apple", 5))
                    .isInstanceOf(ActionBlockedException.class)
                    .hasMessageContaining("could not be captured")
                    .hasMessageNotContaining("db-password");

            assertThat(prices.all()).containsEntry("apple", 1);
            assertThat(GateHarness.receipts(context, "prices.set_unseen"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
        });
    }

    @Test
    void captureThatCannotBeWrittenDownIsABlockBecauseAnyTwoOfThemLookTheSame() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThatThrownBy(() -> prices.setFromLedger("apple", 5))
                    .isInstanceOf(ActionBlockedException.class)
                    .hasMessageContaining("could not be captured");

            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void captureThatFailsAfterTheActionTakesItsValueFromNobody() {
        application().run(context -> {
            assertThat(context.getBean(Prices.class).setAndGoBlind("apple", 5)).isEqualTo(5);

            assertThat(GateHarness.outcome(context, "prices.set_and_go_blind")).containsEntry("status", "SUCCEEDED");
            assertThat(context.getBean(GateState.class).unrecordedCount()).isEqualTo(1);
        });
    }

    @Test
    void captureThatThrowsStopsNothingWhileObserving() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            Prices prices = context.getBean(Prices.class);

            prices.setUnseen("apple", 5);

            assertThat(prices.all()).containsEntry("apple", 5);
            assertThat(context.getBean(GateState.class).failedOpenCount()).isEqualTo(1);
        });
    }

    @Test
    void undoWithoutCaptureIsCompensation() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.raise("apple", 3);

            Receipt completed = GateHarness.receipts(context, "prices.raise", ReceiptKind.COMPLETED)
                    .get(0);
            assertThat(completed.fields()).containsEntry("reversibility", "COMPENSATABLE");
            assertThat(rollback(context, "prices.raise").result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    @Test
    void capturedActionIsReversible() {
        application().run(context -> {
            context.getBean(Prices.class).set("apple", 5);

            assertThat(GateHarness.receipts(context, "prices.set", ReceiptKind.COMPLETED)
                            .get(0)
                            .fields())
                    .containsEntry("reversibility", "REVERSIBLE");
        });
    }

    @Test
    void undoGetsTheResultOfTheAction() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            String fruit = prices.add(4);
            assertThat(prices.all()).containsKey(fruit);

            assertThat(rollback(context, "prices.add").result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(prices.all()).doesNotContainKey(fruit);
        });
    }

    @Test
    void reactiveActionIsCapturedWhenItEnds() {
        application().run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.setLater("apple", 5).block();

            assertThat(rollback(context, "prices.set_later").result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prices.all()).containsEntry("apple", 1);
        });
    }

    private static RunId runOf(ApplicationContext context, String action) {
        return GateHarness.receipts(context, action).get(0).runId();
    }

    private static RollbackReport rollback(ApplicationContext context, String action) {
        return GateHarness.enact(context).rollback(runOf(context, action));
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Shop.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        Prices prices() {
            return new Prices();
        }
    }

    static class Prices {

        private final Map<String, Integer> prices = new TreeMap<>(Map.of("apple", 1));

        @Tool(description = "Sets a price")
        @EnactAction(value = "prices.set", capture = "look", undo = "putBack")
        public int set(String fruit, int price) {
            silently(fruit, price);
            return price;
        }

        @EnactAction(value = "prices.set_and_fail", capture = "look", undo = "putBack")
        public int setAndFail(String fruit, int price) {
            silently(fruit, price);
            throw new IllegalStateException("half-way");
        }

        @EnactAction(value = "prices.set_unseen", capture = "lookInVain", undo = "putBack")
        public void setUnseen(String fruit, int price) {
            silently(fruit, price);
        }

        @EnactAction(value = "prices.set_from_ledger", capture = "lookIntoLedger", undo = "putBack")
        public void setFromLedger(String fruit, int price) {
            silently(fruit, price);
        }

        @EnactAction(value = "prices.set_and_go_blind", capture = "lookOnce", undo = "putBack")
        public int setAndGoBlind(String fruit, int price) {
            silently(fruit, price);
            return price;
        }

        @EnactAction(value = "prices.set_later", capture = "look", undo = "putBack")
        public Mono<Integer> setLater(String fruit, int price) {
            return Mono.fromCallable(() -> {
                silently(fruit, price);
                return price;
            });
        }

        @EnactAction(value = "prices.raise", undo = "lower")
        public void raise(String fruit, int by) {
            this.prices.merge(fruit, by, Integer::sum);
        }

        @EnactAction(value = "prices.add", undo = "remove")
        public String add(int price) {
            String fruit = "fruit-" + this.prices.size();
            this.prices.put(fruit, price);
            return fruit;
        }

        private Integer look(String fruit) {
            return this.prices.get(fruit);
        }

        private Integer lookInVain(String fruit) {
            throw new IllegalStateException("db-password rejected");
        }

        private Integer lookOnce(String fruit) {
            int price = this.prices.get(fruit);
            if (price > 1) {
                throw new AssertionError("blind");
            }
            return price;
        }

        private List<Object> lookIntoLedger(String fruit) {
            List<Object> ledger = new ArrayList<>();
            ledger.add(this.prices.get(fruit));
            ledger.add(ledger);
            return ledger;
        }

        private void putBack(String fruit, Integer captured) {
            this.prices.put(fruit, captured);
        }

        void lower(String fruit, int by) {
            this.prices.merge(fruit, -by, Integer::sum);
        }

        void remove(String result) {
            this.prices.remove(result);
        }

        void silently(String fruit, int price) {
            this.prices.put(fruit, price);
        }

        Map<String, Integer> all() {
            return this.prices;
        }
    }
}
