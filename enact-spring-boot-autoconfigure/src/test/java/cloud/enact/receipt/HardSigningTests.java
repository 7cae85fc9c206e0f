package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log whose key is kept by a service far away. The timeout only ends a test that would hang. */
@Timeout(60)
class HardSigningTests {

    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private final ReceiptSigner vault = ReceiptSigner.ed25519(TestKeys.PRIVATE);

    private final GatedStore store = new GatedStore();

    private final AtomicLong time = new AtomicLong();

    private ReceiptKeys keys(UnaryOperator<byte[]> service) {
        return ReceiptKeys.of(ReceiptSigner.remote(this.vault.verificationKey(), service, Drafts.SECRET));
    }

    private GroupCommitReceiptLog log(UnaryOperator<byte[]> service, Duration deadline) {
        return new GroupCommitReceiptLog(
                "test",
                this.store,
                keys(service),
                Masking.defaults(),
                new ReceiptLogOptions(1000, 512, deadline),
                null,
                Drafts.CLOCK,
                this.time::get);
    }

    private static CompletableFuture<Receipt> handOver(GroupCommitReceiptLog log) {
        try {
            return log.enqueue(Drafts.decided(Drafts.run()), System.nanoTime() + DEADLINE.toNanos())
                    .done();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Verification verify() {
        return new ReceiptVerifier(this.store, keys(this.vault::sign)).verifyLog("test");
    }

    @Test
    void whatASlowServiceSignedIsStoredBeforeItsCallersHaveLeft() {
        CountDownLatch gate = this.store.holdNext();
        UnaryOperator<byte[]> slow = bytes -> {
            this.time.addAndGet(Duration.ofSeconds(1).toNanos());
            return this.vault.sign(bytes);
        };
        try (GroupCommitReceiptLog log = log(slow, DEADLINE)) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            receipts.add(handOver(log));
            this.store.awaitHeld();
            for (int i = 0; i < 100; i++) {
                receipts.add(handOver(log));
            }
            gate.countDown();
            receipts.forEach(CompletableFuture::join);
        }

        // in one batch the last would have been signed after 100 s, and the first of them stored then, too
        assertThat(this.store.batches()).hasSizeGreaterThan(20).allMatch(size -> size <= 5);
        assertThat(verify()).returns(true, Verification::valid).returns(101L, Verification::checked);
    }

    @Test
    void anEntryThatGetsNoSignatureIsNoneOfTheOthersBusiness() {
        CountDownLatch gate = this.store.holdNext();
        AtomicInteger calls = new AtomicInteger();
        UnaryOperator<byte[]> flapping = bytes -> {
            if (calls.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("too many requests");
            }
            return this.vault.sign(bytes);
        };
        int signed = 0;
        try (GroupCommitReceiptLog log = log(flapping, DEADLINE)) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            receipts.add(handOver(log));
            this.store.awaitHeld();
            for (int i = 1; i < 30; i++) {
                receipts.add(handOver(log));
            }
            gate.countDown();
            for (CompletableFuture<Receipt> receipt : receipts) {
                try {
                    receipt.join();
                    signed++;
                } catch (CompletionException ex) {
                    assertThat(ex.getCause())
                            .isInstanceOf(ReceiptStoreException.class)
                            .hasMessageContaining("was not signed");
                }
            }
        }

        assertThat(signed).isEqualTo(20);
        assertThat(this.store.batches()).hasSize(2);
        assertThat(verify()).returns(true, Verification::valid).returns(20L, Verification::checked);
    }

    @Test
    void aServiceThatSignsNothingLeavesNobodyWaiting() {
        UnaryOperator<byte[]> down = bytes -> {
            throw new IllegalStateException("down");
        };
        try (GroupCommitReceiptLog log = log(down, DEADLINE)) {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(ReceiptStoreException.class)
                        .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                        .withMessageContaining("was not signed");
            }
        }
        assertThat(this.store.batches()).isEmpty();
    }

    @Test
    void aServiceThatBreaksDownLeavesNobodyWaiting() {
        UnaryOperator<byte[]> broken = bytes -> {
            throw new NoClassDefFoundError("vault/Client");
        };
        try (GroupCommitReceiptLog log = log(broken, DEADLINE)) {
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("vault/Client");
        }
    }

    @Test
    void aStoreThatHangsForeverDoesNotHoldUpTheEndOfTheApplication() {
        CountDownLatch gate = this.store.holdNext();
        GroupCommitReceiptLog log = log(this.vault::sign, Duration.ofMillis(50));
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                .withMessageContaining("unknown whether it was stored");

        log.close();

        gate.countDown();
    }
}
