package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.UnknownActionException;
import cloud.enact.action.ActionOutcome;
import cloud.enact.action.Actor;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Actions run by name from code: the same way as any other call, and a result instead of an exception. */
class EnactRunTests {

    private static final Actor ANN = Actor.of("ann@example.com", "support");

    @TempDir
    Path directory;

    @Test
    void actionThatPassesGivesDecisionOutputAndReceipt() {
        application().run(context -> {
            ActionResult result = run(context, "crm.rename", Map.of("id", 7, "name", "Acme"));

            assertThat(result.passed()).isTrue();
            assertThat(output(result)).isEqualTo("7 is Acme");
            assertThat(result.decision().effect()).isEqualTo(Effect.PASS);
            assertThat(result.receipt().kind()).isEqualTo(ReceiptKind.COMPLETED);
            assertThat(result.receipt().runId()).isEqualTo(result.runId());
            assertThat(GateHarness.receipts(context, "crm.rename"))
                    .hasSize(2)
                    .allSatisfy(receipt -> assertThat(receipt.actor()).isEqualTo("ann@example.com"));
        });
    }

    @Test
    void argumentsAreBoundToTheMethodsTypesBeforeTheyAreJudged() {
        application().run(context -> {
            run(context, "crm.rename", Map.of("id", "7", "name", "Acme"));

            assertThat(GateHarness.receipts(context, "crm.rename", ReceiptKind.DECIDED))
                    .singleElement()
                    .satisfies(receipt ->
                            assertThat(receipt.fields().get("payload")).isEqualTo(Map.of("id", 7L, "name", "Acme")));
        });
    }

    @Test
    void unknownActionIsAnExceptionThatListsTheKnownOnes() {
        application().run(context -> {
            assertThatThrownBy(() -> run(context, "crm.renam", Map.of()))
                    .isInstanceOf(UnknownActionException.class)
                    .hasMessageContaining("crm.rename")
                    .hasMessageContaining("filesystem.delete_dir")
                    .hasMessageNotContaining("enact.canary")
                    .hasMessageNotContaining("filesystem.move_file");
            assertThatThrownBy(() -> run(context, "../../etc/passwd".repeat(500_000), Map.of()))
                    .isInstanceOf(UnknownActionException.class)
                    .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(2000));
            assertThatThrownBy(() -> run(context, "filesystem.move_file", Map.of("from", "a", "to", "b")))
                    .as("an operation that is not allowed")
                    .isInstanceOf(UnknownActionException.class);
        });
    }

    @Test
    void wrongArgumentsAreABlockWithAReceipt() {
        application().run(context -> {
            Map<String, Object> missing = new HashMap<>();
            missing.put("id", null);
            for (Map<String, Object> args : List.of(
                    Map.<String, Object>of("name", "Acme"),
                    Map.<String, Object>of("id", "seven", "name", "Acme"),
                    Map.<String, Object>of("id", 7, "name", "Acme", "dry_run", true),
                    Map.<String, Object>of("id", Double.NaN, "name", "Acme"),
                    Map.<String, Object>of("id", new Object(), "name", "Acme"),
                    missing)) {
                ActionResult result = run(context, "crm.rename", args);

                assertThat(result.passed()).isFalse();
                assertThat(result.decision().effect()).isEqualTo(Effect.BLOCK);
                assertThat(result.receipt().decision()).isEqualTo("BLOCK");
            }
            assertThat(GateHarness.receipts(context, "crm.rename", ReceiptKind.COMPLETED))
                    .isEmpty();
        });
    }

    @Test
    void wrongArgumentsOfAnOperationAreABlockWithAReceipt() {
        application().run(context -> {
            ActionResult result = run(context, "filesystem.delete_dir", Map.of("pfad", "x"));

            assertThat(result.passed()).isFalse();
            assertThat(result.receipt().action()).isEqualTo("filesystem.delete_dir");
        });
    }

    @Test
    void refusalIsAResult() {
        application().run(context -> {
            ActionResult result = run(context, "crm.export", Map.of());

            assertThat(result.passed()).isFalse();
            assertThat(result.decision().reasons()).singleElement().asString().contains("made by people");
            assertThat(result.receipt().decision()).isEqualTo("BLOCK");
            assertThatThrownBy(result::output).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void actionThatThrowsIsAFailedOutcomeWithAReceipt() {
        application().run(context -> {
            ActionResult result = run(context, "crm.fail", Map.of());

            assertThat(result.outcome())
                    .isInstanceOfSatisfying(
                            ActionOutcome.Failed.class,
                            failed -> assertThat(failed.error())
                                    .isInstanceOf(IOException.class)
                                    .hasMessage("no paper"));
            assertThat(GateHarness.outcome(result.receipt())).containsEntry("status", "FAILED");
        });
    }

    @Test
    void partThatIsRefusedIsAFailedOutcomeBecauseTheActionRan() {
        application().run(context -> {
            ActionResult result = run(context, "crm.export_after_all", Map.of());

            assertThat(result.passed()).isTrue();
            assertThat(result.decision().effect()).isEqualTo(Effect.PASS);
            assertThatThrownBy(result::output).isInstanceOf(ActionBlockedException.class);
        });
    }

    @Test
    void reactiveAndAsynchronousActionsGiveTheirValueAndAreGatedOnce() {
        application().run(context -> {
            assertThat(output(run(context, "crm.mono", Map.of()))).isEqualTo("one");
            assertThat(output(run(context, "crm.flux", Map.of()))).isEqualTo(List.of(1, 2, 3));
            assertThat(output(run(context, "crm.future", Map.of()))).isEqualTo("later");
            assertThat(run(context, "crm.failed_future", Map.of()).outcome())
                    .isInstanceOfSatisfying(
                            ActionOutcome.Failed.class,
                            failed -> assertThat(failed.error()).isInstanceOf(IOException.class));

            for (String action : List.of("crm.mono", "crm.flux", "crm.future", "crm.failed_future")) {
                assertThat(GateHarness.receipts(context, action)).as(action).hasSize(2);
            }
        });
    }

    @Test
    void connectorOperationIsAnActionAndIsUndone() {
        application().run(context -> {
            Path project = Files.createDirectories(this.directory.resolve("files/project"));
            Files.writeString(project.resolve("main.c"), "int main;");

            ActionResult result = run(context, "filesystem.delete_dir", Map.of("path", "project"));

            assertThat(project).doesNotExist();
            assertThat(GateHarness.receipts(context, "filesystem.delete_dir")).hasSize(2);
            assertThat(GateHarness.enact(context).rollback(result.runId()).result())
                    .isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(project.resolve("main.c")).hasContent("int main;");
        });
    }

    @Test
    void actionBelongsToTheOpenRun() {
        application().run(context -> {
            Enact enact = GateHarness.enact(context);
            try (var open = enact.openRun("spring-clean")) {
                assertThat(run(context, "crm.rename", Map.of("id", 1, "name", "A"))
                                .runId())
                        .isEqualTo(open.id());
                assertThat(run(context, "crm.rename", Map.of("id", 2, "name", "B"))
                                .runId())
                        .isEqualTo(open.id());
            }
            assertThat(GateHarness.receipts(context, "crm.rename", ReceiptKind.DECIDED))
                    .allSatisfy(receipt -> assertThat(receipt.fields()).containsEntry("workflow", "spring-clean"));
            assertThat(run(context, "crm.rename", Map.of("id", 3, "name", "C"))
                            .receipt()
                            .fields())
                    .doesNotContainKey("workflow");
        });
    }

    @Test
    void decidingRunsAndRecordsNothing() {
        application().run(context -> {
            Decision blocked = GateHarness.enact(context).decide("crm.export", ANN, Map.of());
            Decision passed = GateHarness.enact(context).decide("crm.rename", ANN, Map.of("id", 1, "name", "A"));

            assertThat(blocked.effect()).isEqualTo(Effect.BLOCK);
            assertThat(passed.effect()).isEqualTo(Effect.PASS);
            assertThat(GateHarness.receipts(context, "crm.export")).isEmpty();
            assertThat(GateHarness.receipts(context, "crm.rename")).isEmpty();
        });
    }

    @Test
    void manyThreadsLeaveTwoReceiptsPerCallAndOneUnbrokenChain() throws Exception {
        int threads = 32;
        int calls = 200;
        application().withBean(ReceiptStore.class, WatchedStore::new).run(context -> {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> all = new ArrayList<>();
            try {
                for (int thread = 0; thread < threads; thread++) {
                    int id = thread;
                    all.add(pool.submit(() -> {
                        for (int call = 0; call < calls; call++) {
                            assertThat(run(context, "crm.count", Map.of("by", id))
                                            .passed())
                                    .isTrue();
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get(60, TimeUnit.SECONDS);
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(context.getBean(AtomicInteger.class)).hasValue(threads * calls);
            ReceiptStore store = context.getBean(ReceiptStore.class);
            String log = store.logs().get(0);
            List<Receipt> receipts = new ArrayList<>();
            for (long seq = 1; store.find(log, seq).isPresent(); seq += ReceiptStore.MAX_LIMIT) {
                receipts.addAll(store.read(log, seq, ReceiptStore.MAX_LIMIT));
            }
            Map<Object, List<ReceiptKind>> byAction = receipts.stream()
                    .filter(receipt -> receipt.action().equals("crm.count"))
                    .collect(Collectors.groupingBy(
                            Receipt::actionId, Collectors.mapping(Receipt::kind, Collectors.toList())));
            assertThat(byAction)
                    .hasSize(threads * calls)
                    .allSatisfy((id, kinds) ->
                            assertThat(kinds).containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED));
            Verification verification = context.getBean(ReceiptVerifier.class).verifyLog(log);
            assertThat(verification.problems()).isEmpty();
        });
    }

    private static ActionResult run(ApplicationContext context, String action, Map<String, Object> args) {
        return GateHarness.enact(context).run(action, ANN, args);
    }

    private static Object output(ActionResult result) {
        try {
            return result.output();
        } catch (Throwable ex) {
            throw new AssertionError(ex);
        }
    }

    private ApplicationContextRunner application() {
        return GateHarness.withFiles(this.directory).withUserConfiguration(Customers.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Customers {

        @Bean
        AtomicInteger counter() {
            return new AtomicInteger();
        }

        @Bean
        Exports exports() {
            return new Exports();
        }

        @Bean
        Crm crm(AtomicInteger counter, Exports exports) {
            return new Crm(counter, exports);
        }
    }

    static class Exports {

        @EnactAction("crm.export")
        @Policy(block = "true", reason = "Exports are made by people.")
        public String export() {
            throw new AssertionError("exported");
        }
    }

    static class Crm {

        private final AtomicInteger counter;

        private final Exports exports;

        Crm(AtomicInteger counter, Exports exports) {
            this.counter = counter;
            this.exports = exports;
        }

        @EnactAction("crm.rename")
        public String rename(long id, String name) {
            return id + " is " + name;
        }

        @EnactAction("crm.fail")
        public void fail() throws IOException {
            throw new IOException("no paper");
        }

        @EnactAction("crm.export_after_all")
        public String exportAfterAll() {
            return this.exports.export();
        }

        @EnactAction("crm.mono")
        public Mono<String> mono() {
            return Mono.just("one");
        }

        @EnactAction("crm.flux")
        public Flux<Integer> flux() {
            return Flux.just(1, 2, 3);
        }

        @EnactAction("crm.future")
        public CompletableFuture<String> future() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @EnactAction("crm.failed_future")
        public CompletableFuture<String> failedFuture() {
            return CompletableFuture.failedFuture(new IOException("no paper"));
        }

        @EnactAction("crm.count")
        public void count(int by) {
            this.counter.incrementAndGet();
        }
    }
}
