package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.analysis.credential.CredentialDetector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout only ends a test that would hang. */
@Timeout(60)
class GroupCommitReceiptLogTests {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final GatedStore store = new GatedStore();

    private GroupCommitReceiptLog log(int queue, int batch, Duration deadline) {
        return new GroupCommitReceiptLog(
                "test",
                this.store,
                ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)),
                Masking.defaults(),
                new ReceiptLogOptions(queue, batch, deadline),
                null,
                Drafts.CLOCK);
    }

    /** As a caller does that does not wait for its receipt. */
    private static CompletableFuture<Receipt> handOver(GroupCommitReceiptLog log) {
        try {
            return log.enqueue(Drafts.decided(Drafts.run()), System.nanoTime() + LONG.toNanos())
                    .done();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Verification verify() {
        return new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET))).verifyLog("test");
    }

    @Test
    void manyThreadsMakeOneUnbrokenChain() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (GroupCommitReceiptLog log = log(64, 16, LONG)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                callers.add(executor.submit(() -> {
                    for (int i = 0; i < 250; i++) {
                        log.append(Drafts.decided(Drafts.run()));
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            assertThat(log.state().appended()).isEqualTo(2000);
        } finally {
            executor.shutdown();
        }

        assertThat(verify()).returns(true, Verification::valid).returns(2000L, Verification::checked);
    }

    @Test
    void whatGathersDuringACommitGoesIntoTheNextOneUpToTheLimit() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = log(100, 10, LONG)) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            receipts.add(handOver(log));
            this.store.awaitHeld();
            for (int i = 0; i < 25; i++) {
                receipts.add(handOver(log));
            }
            assertThat(log.state().queued()).isEqualTo(25);
            gate.countDown();
            receipts.forEach(CompletableFuture::join);
        }

        assertThat(this.store.batches()).containsExactly(1, 10, 10, 5);
    }

    @Test
    void aFailureReachesTheCallersOfItsBatchOnlyAndTheChainGoesOn() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = log(100, 10, LONG)) {
            CompletableFuture<Receipt> first = handOver(log);
            this.store.awaitHeld();
            CompletableFuture<Receipt> second = handOver(log);
            CompletableFuture<Receipt> third = handOver(log);
            this.store.failAfterHeld();
            gate.countDown();

            assertThat(first.join().seq()).isEqualTo(1);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(second::join)
                    .withCauseInstanceOf(ReceiptStoreException.class)
                    .withMessageContaining("the disk is gone");
            assertThatExceptionOfType(CompletionException.class).isThrownBy(third::join);
            assertThat(log.state().healthy()).isFalse();
            assertThat(log.state().failed()).isEqualTo(2);
            assertThat(log.state().lastError()).contains("the disk is gone");

            assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(2);
            assertThat(log.state().healthy()).isTrue();
        }
        assertThat(verify()).returns(true, Verification::valid).returns(2L, Verification::checked);
    }

    @Test
    void aCommitThatSucceededAlthoughItSaidOtherwiseDoesNotForkTheChain() {
        try (GroupCommitReceiptLog log = log(100, 10, LONG)) {
            this.store.lieOnce();
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));

            assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(2);
        }
        assertThat(verify()).returns(true, Verification::valid).returns(2L, Verification::checked);
    }

    @Test
    void aCallerWhoseEntryIsUnderWayHearsThatItsFateIsUnknown() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = log(100, 10, Duration.ofMillis(1))) {
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> {
                        // the entry may be withdrawn while it still waits, but not once the store has it
                        while (true) {
                            try {
                                log.append(Drafts.decided(Drafts.run()));
                            } catch (ReceiptStoreException ex) {
                                if (ex.getMessage().contains("unknown")) {
                                    throw ex;
                                }
                                assertThat(ex).hasMessageContaining("taken back");
                            }
                        }
                    })
                    .withMessageContaining("unknown whether it was stored");
            gate.countDown();
        }
    }

    @Test
    void aCallerThatWaitsTooLongInTheQueueTakesItsEntryBack() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = log(100, 10, Duration.ofMillis(50))) {
            CompletableFuture<Receipt> first = handOver(log);
            this.store.awaitHeld();

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("will not be stored");

            gate.countDown();
            first.join();
        }
        assertThat(verify().checked()).isEqualTo(1);
    }

    @Test
    void aFullQueueKeepsCallersBackUntilTheDeadline() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = log(2, 10, Duration.ofMillis(50))) {
            handOver(log);
            this.store.awaitHeld();
            handOver(log);
            handOver(log);

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("not stored")
                    .withMessageContaining("2 receipts wait already");
            gate.countDown();
        }
        assertThat(verify().checked()).isEqualTo(3);
    }

    @Test
    void closingStoresWhatWasHandedOver() {
        CountDownLatch gate = this.store.holdNext();
        GroupCommitReceiptLog log = log(100, 3, LONG);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        receipts.add(handOver(log));
        this.store.awaitHeld();
        for (int i = 0; i < 10; i++) {
            receipts.add(handOver(log));
        }
        gate.countDown();

        log.close();
        log.close();

        assertThat(receipts).allSatisfy(receipt -> assertThat(receipt).isCompleted());
        assertThat(verify().checked()).isEqualTo(11);
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                .withMessageContaining("closed");
    }

    @Test
    void whatAnInterruptedCallerHasDoneIsRecordedAndItStaysInterrupted() {
        try (GroupCommitReceiptLog log = log(100, 3, LONG)) {
            Thread.currentThread().interrupt();

            assertThat(log.append(Drafts.decided(Drafts.run()))).isNotNull();

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void largeEntriesMakeSmallBatches() {
        CountDownLatch gate = this.store.holdNext();
        int size = BatchCommitter.BATCH_BYTES / 3;
        try (GroupCommitReceiptLog log = logOfLargeEntries(LONG)) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            receipts.add(handOver(log));
            this.store.awaitHeld();
            for (int i = 0; i < 5; i++) {
                receipts.add(handOver(log, size));
            }
            receipts.add(handOver(log, 20_000_000));
            receipts.add(handOver(log));
            gate.countDown();
            receipts.forEach(CompletableFuture::join);
            assertThat(receipts.get(6).join().size()).isGreaterThan(20_000_000);
        }

        assertThat(this.store.batches()).containsExactly(1, 2, 2, 1, 1, 1);
        assertThat(verify().valid()).isTrue();
    }

    @Test
    void aFewLargeEntriesFillTheQueueAsManySmallOnesDo() {
        CountDownLatch gate = this.store.holdNext();
        try (GroupCommitReceiptLog log = logOfLargeEntries(Duration.ofMillis(50))) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            receipts.add(handOver(log));
            this.store.awaitHeld();
            for (int i = 0; i < 3; i++) {
                receipts.add(handOver(log, 20_000_000));
            }

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(large(20_000_000)))
                    .withMessageContaining("3 receipts wait already");
            gate.countDown();
            receipts.forEach(CompletableFuture::join);
            // what was stored makes room again
            for (int i = 0; i < 4; i++) {
                handOver(log, 20_000_000).join();
            }
        }
        assertThat(verify()).returns(true, Verification::valid).returns(8L, Verification::checked);
    }

    private GroupCommitReceiptLog logOfLargeEntries(Duration deadline) {
        return new GroupCommitReceiptLog(
                "test",
                this.store,
                ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)),
                new Masking(new CredentialDetector(), List.of(), new ReceiptLimits(30_000_000, 100, 30_000_000)),
                new ReceiptLogOptions(100, 100, deadline),
                null,
                Drafts.CLOCK);
    }

    private static ReceiptDraft large(int size) {
        return Drafts.decided(Drafts.run(), Map.of("text", "x".repeat(size)));
    }

    private static CompletableFuture<Receipt> handOver(GroupCommitReceiptLog log, int size) {
        try {
            return log.enqueue(large(size), System.nanoTime() + LONG.toNanos()).done();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void aLogThatLostItsLeaseTakesNothingAnyMore() {
        OutageStore leased = new OutageStore();
        try (ReceiptLog log = log(leased)) {
            log.append(Drafts.decided(Drafts.run()));
            leased.takeLeaseAway();

            assertThatExceptionOfType(LogLeaseLostException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("lease")
                    .withMessageContaining("Restart this application");
            leased.giveLeaseBack();

            // somebody else may have written meanwhile, so it does not even ask
            assertThatExceptionOfType(LogLeaseLostException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));
            assertThat(log.state().healthy()).isFalse();
            assertThat(log.state().lastError()).contains("lease");
        }
        assertThat(leased.head("test")).map(Receipt::seq).contains(1L);
    }

    @Test
    void aStoreThatLostWhatWasDurableGetsNothingChainedToTheRest() {
        OutageStore lossy = new OutageStore();
        try (ReceiptLog log = log(lossy)) {
            for (int i = 0; i < 5; i++) {
                log.append(Drafts.decided(Drafts.run()));
            }
            lossy.cut("test", 3);
            // the place is free again, so the store itself may object or not; a failure makes the log look
            lossy.refuse("the server is gone");
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));
            lossy.refuse(null);

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("had 5 durable entries and has 3 now");
            assertThat(log.state().healthy()).isFalse();
        }
        assertThat(lossy.head("test")).map(Receipt::seq).contains(3L);
    }

    private static ReceiptLog log(ReceiptStore store) {
        return ReceiptLog.groupCommit(
                "test",
                store,
                ReceiptSigner.hs256(Drafts.SECRET),
                Masking.defaults(),
                new ReceiptLogOptions(100, 10, LONG),
                Drafts.CLOCK);
    }

    @Test
    void aClockThatJumpsBackChangesNoPlaceAndNoLink() {
        Instant later = Drafts.NOW.plusSeconds(3600);
        try (ReceiptLog log = log(this.store)) {
            log.append(Drafts.at(Drafts.decided(Drafts.run()), later));
            log.append(Drafts.at(Drafts.decided(Drafts.run()), Drafts.NOW));
            log.append(Drafts.at(Drafts.decided(Drafts.run()), later.plusSeconds(1)));
        }

        assertThat(this.store.read("test", 1, 10))
                .extracting(Receipt::timestamp)
                .containsExactly(later, Drafts.NOW, later.plusSeconds(1));
        assertThat(verify().valid()).isTrue();
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptLogOptions(0, 1, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptLogOptions(1, 0, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptLogOptions(1, 1, Duration.ZERO));
    }
}
