package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody removes the beginning of a log, and has the end of another one say that retention did so. */
class ForgedPruningTests {

    private static final int GONE = 3;

    private static final ReceiptSigner OLD = ReceiptSigner.hs256("old", "the secret of last year, 32 characters");

    private static final ReceiptSigner NEW = ReceiptSigner.hs256("new", "the secret of this year, 32 characters");

    private static final ReceiptKeys BOTH = ReceiptKeys.of(NEW, List.of(OLD), List.of());

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    /** Whether somebody made up more changes of keys than anybody looks at. */
    private boolean flooded;

    private void append(String log, ReceiptKeys keys, int count) {
        try (ReceiptLog writer = ReceiptLog.direct(log, this.store, keys, Masking.defaults(), Drafts.CLOCK)) {
            for (int i = 0; i < count; i++) {
                writer.append(Drafts.decided(Drafts.run()));
            }
        }
    }

    /** The store without the beginning of a log. */
    private ReceiptStore robbed() {
        return (ReceiptStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, args);
                    }
                    Object found = method.invoke(this.store, args);
                    if (this.flooded && args[0] instanceof ReceiptFilter filter && filter.kind() == ReceiptKind.KEY) {
                        Receipt any = this.store.find("other", 1).orElseThrow();
                        return new ReceiptPage(Collections.nCopies(1000, any), ReceiptCursor.of(any));
                    }
                    if (found instanceof Optional<?> one) {
                        return one.filter(entry -> !isGone((Receipt) entry));
                    }
                    return method.getName().equals("read")
                            ? ((List<?>) found)
                                    .stream()
                                            .filter(entry -> !isGone((Receipt) entry))
                                            .toList()
                            : found;
                });
    }

    private static boolean isGone(Receipt entry) {
        return entry.log().equals("robbed") && entry.seq() <= GONE;
    }

    /** What an honest pruner would say, in the next place of another log. */
    private Receipt excuse(String log, ReceiptSigner signer) {
        MerkleTree tree = new MerkleTree();
        this.store.read("robbed", 1, GONE).forEach(entry -> tree.append(entry.bytes()));
        Receipt last = this.store.find("robbed", GONE).orElseThrow();
        PrunedEntries pruned =
                new PrunedEntries("robbed", 1, GONE, String.valueOf(EntryCheck.hash(last)), tree, OLD.kid(), OLD.alg());
        Optional<Receipt> head = this.store.head(log);
        return new ReceiptWriter(log, signer, Masking.defaults())
                .write(ReceiptDraft.prunedEntries(
                        Drafts.run(), Drafts.id(), Drafts.NOW, Actor.of("retention"), pruned.payload()))
                .sign(
                        head.map(Receipt::seq).orElse(0L) + 1,
                        head.map(Receipt::hash).orElse(new byte[32]),
                        signer);
    }

    private List<VerificationState> verify() {
        return new ReceiptVerifier(robbed(), BOTH)
                .verifyLog("robbed").problems().stream()
                        .map(VerificationProblem::state)
                        .toList();
    }

    @Test
    void theKeyInForceSaysWhatWasPruned() {
        append("robbed", ReceiptKeys.of(OLD), 5);
        append("other", ReceiptKeys.of(OLD), 2);
        append("other", BOTH, 1);
        assertThat(verify()).contains(VerificationState.MISSING);

        this.store.append(List.of(excuse("other", NEW)));

        assertThat(verify()).isEmpty();
    }

    @Test
    void aKeyThatWasRetiredSinceStillCountsForWhatItSaidInItsTime() {
        append("robbed", ReceiptKeys.of(OLD), 5);
        append("other", ReceiptKeys.of(OLD), 2);
        this.store.append(List.of(excuse("other", OLD)));
        append("other", BOTH, 2);

        assertThat(verify()).isEmpty();
    }

    @Test
    void aRetiredKeySaysNothing() {
        append("robbed", ReceiptKeys.of(OLD), 5);
        append("other", ReceiptKeys.of(OLD), 2);
        append("other", BOTH, 1);

        this.store.append(List.of(excuse("other", OLD)));

        assertThat(verify()).contains(VerificationState.MISSING);
    }

    @Test
    void aReceiptThatDoesNotContinueItsLogSaysNothing() {
        append("robbed", ReceiptKeys.of(OLD), 5);
        append("other", ReceiptKeys.of(OLD), 2);
        Receipt excuse = excuse("other", OLD);
        append("other", ReceiptKeys.of(OLD), 3);
        List<Receipt> others = this.store.read("other", 1, 10);
        ReceiptStore exchanged = ReceiptStore.inMemory(100);
        exchanged.append(this.store.read("robbed", 1, 10));
        exchanged.append(List.of(others.get(0), others.get(1), excuse, others.get(3), others.get(4)));

        assertThat(new ReceiptVerifier(exchanged, BOTH).verifyLog("other").valid())
                .isFalse();
        assertThat(PrunedEntries.find(exchanged, BOTH, "robbed", (long) GONE)).isEmpty();
    }

    @Test
    void aFloodOfChangesOfKeysDoesNotEndTheVerification() {
        append("robbed", ReceiptKeys.of(OLD), 5);
        append("other", ReceiptKeys.of(OLD), 2);
        this.store.append(List.of(excuse("other", OLD)));
        assertThat(verify()).isEmpty();

        this.flooded = true;

        assertThat(verify()).contains(VerificationState.MISSING);
    }
}
