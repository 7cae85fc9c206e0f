package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.OutageStore;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Outages of a store that a log of its own thread writes to: before the act they block, after it they leave the run in
 * doubt, and nothing that was acknowledged is lost. The timeout only ends a test that would hang.
 */
@Timeout(120)
class StoreOutageTests {

    private static final int CALLERS = 8;

    private static final int CALLS = 60;

    private final OutageStore store = new OutageStore();

    private final Till till = new Till();

    @TempDir
    Path directory;

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.receipts.store=embedded",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "enact.receipts.checkpoints.entries=20")
                .withBean("store", ReceiptStore.class, () -> this.store)
                .withBean("outages", OutageBeans.class, () -> new OutageBeans(this.till))
                .withUserConfiguration(Shop.class);
    }

    private void pay(ApplicationContext context) {
        context.getBean(Till.class).pay(5, () -> {});
    }

    private void refused(ApplicationContext context) {
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> pay(context))
                .withMessageContaining("can't be recorded");
    }

    private List<Receipt> entries(ApplicationContext context) {
        return this.store.read(context.getBean(ReceiptLog.class).id(), 1, 1000);
    }

    private long count(ApplicationContext context, ReceiptKind kind) {
        return entries(context).stream()
                .filter(entry -> entry.kind() == kind && entry.action().equals("till.pay"))
                .count();
    }

    private static void verifies(ApplicationContext context) {
        Verification found = context.getBean(ReceiptVerifier.class).verifyAll();
        assertThat(found.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no space left on device", "the file system is read-only", "connection refused"})
    void whatCannotBeRecordedBeforeTheActIsBlockedUntilTheStoreIsBack(String outage) {
        application().run(context -> {
            pay(context);
            this.store.refuse(outage);
            refused(context);
            refused(context);
            assertThat(this.till.paid()).isEqualTo(1);
            assertThat(context.getBean(ReceiptLog.class).state().healthy()).isFalse();
            assertThat(context.getBean(ReceiptLog.class).state().lastError()).contains(outage);

            this.store.refuse(null);
            pay(context);

            assertThat(this.till.paid()).isEqualTo(2);
            assertThat(context.getBean(ReceiptLog.class).state().healthy()).isTrue();
            assertThat(count(context, ReceiptKind.DECIDED)).isEqualTo(2);
            assertThat(count(context, ReceiptKind.COMPLETED)).isEqualTo(2);
            verifies(context);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"no space left on device", "the file system is read-only", "connection refused"})
    void whatCannotBeRecordedAfterTheActLeavesItsValueAloneAndTheRunInDoubt(String outage) {
        application().run(context -> {
            String answer = context.getBean(Till.class).pay(5, () -> this.store.refuse(outage));

            assertThat(answer).isEqualTo("paid 5");
            assertThat(context.getBean(GateState.class).unrecordedCount()).isEqualTo(1);
            this.store.refuse(null);
            assertThat(this.store.findOpen(null, 10))
                    .singleElement()
                    .satisfies(open -> assertThat(open.action()).isEqualTo("till.pay"));
            pay(context);
            assertThat(this.store.findOpen(null, 10)).hasSize(1);
            verifies(context);
        });
    }

    @Test
    void aStoreThatTakesTooLongBeforeTheActBlocksIt() {
        application().withPropertyValues("enact.receipts.timeout=300ms").run(context -> {
            CountDownLatch gate = this.store.hold();
            refused(context);
            refused(context);
            assertThat(this.till.paid()).isZero();

            gate.countDown();
            pay(context);

            assertThat(this.till.paid()).isEqualTo(1);
            verifies(context);
        });
    }

    @Test
    void callersWaitForASlowStoreAndNoneIsLost() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        try {
            application().run(context -> {
                CountDownLatch gate = this.store.hold();
                List<Future<?>> calls = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    calls.add(executor.submit(() -> pay(context)));
                }
                this.store.awaitHeld();
                assertThat(this.till.paid()).isZero();
                gate.countDown();
                for (Future<?> call : calls) {
                    call.get();
                }
                assertThat(this.till.paid()).isEqualTo(CALLERS);
                assertThat(count(context, ReceiptKind.COMPLETED)).isEqualTo(CALLERS);
                verifies(context);
            });
        } finally {
            executor.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aStoreThatComesAndGoesLosesNothingThatWasAcknowledgedAndKeepsTheOrder(int every) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        AtomicInteger blocked = new AtomicInteger();
        try {
            application().run(context -> {
                this.store.flap(every);
                List<Future<?>> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(executor.submit(() -> {
                        for (int call = 0; call < CALLS; call++) {
                            try {
                                pay(context);
                            } catch (ActionBlockedException ex) {
                                blocked.incrementAndGet();
                            }
                        }
                    }));
                }
                for (Future<?> caller : callers) {
                    caller.get();
                }
                this.store.flap(0);

                long paid = this.till.paid();
                long unrecorded = context.getBean(GateState.class).unrecordedCount();
                assertThat(paid + blocked.get()).isEqualTo(CALLERS * CALLS);
                assertThat(blocked.get()).isPositive();
                // an append may say it failed and have stored: more in the log than acknowledged, never less
                assertThat(count(context, ReceiptKind.DECIDED)).isGreaterThanOrEqualTo(paid);
                assertThat(count(context, ReceiptKind.COMPLETED)).isGreaterThanOrEqualTo(paid - unrecorded);
                assertThat(entries(context)).isSortedAccordingTo((one, other) -> Long.compare(one.seq(), other.seq()));
                verifies(context);
                // what the last append stored although it said that it failed is noticed with the next one
                pay(context);
            });
        } finally {
            executor.shutdown();
        }
        // and the end of the application signed for all of it
        String log = this.store.logs().get(0);
        MerkleTree tree = new MerkleTree();
        this.store.read(log, 1, 1000).forEach(entry -> tree.append(entry.bytes()));
        assertThat(this.store.newest(log)).hasValueSatisfying(saved -> {
            assertThat(saved.checkpoint().size()).isEqualTo(tree.size());
            assertThat(saved.checkpoint().root()).isEqualTo(tree.root());
        });
    }

    /** Hands the till of a test to its application. */
    record OutageBeans(Till till) {}

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        Till till(OutageBeans beans) {
            return beans.till();
        }
    }

    static class Till {

        private final AtomicInteger paid = new AtomicInteger();

        @EnactAction("till.pay")
        public String pay(long amount, Runnable meanwhile) {
            this.paid.incrementAndGet();
            meanwhile.run();
            return "paid " + amount;
        }

        int paid() {
            return this.paid.get();
        }
    }
}
