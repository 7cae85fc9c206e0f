package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptVerifierTests {

    private static final String ANOTHER_SECRET = "another secret of more than 32 characters";

    private final RunId run = Drafts.run();

    private final List<byte[]> entries = chain("test", Drafts.SECRET, 5);

    private List<byte[]> chain(String id, String secret, int count) {
        ReceiptLog log = ReceiptLog.direct(
                id, ReceiptStore.inMemory(count), ReceiptSigner.hs256(secret), Masking.defaults(), Drafts.CLOCK);
        List<byte[]> chain = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chain.add(log.append(Drafts.decided(this.run, Map.of("number", (long) i)))
                    .bytes());
        }
        return chain;
    }

    private Verification verify() {
        return verifier(ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET))).verifyLog("test");
    }

    private ReceiptVerifier verifier(ReceiptKeys keys) {
        return new ReceiptVerifier(new TamperedStore("test", this.entries), keys);
    }

    private List<VerificationState> problems() {
        return verify().problems().stream().map(VerificationProblem::state).toList();
    }

    @Test
    void anUntouchedChainIsValid() {
        assertThat(verify()).returns(true, Verification::valid).returns(5L, Verification::checked);
        assertThat(verify().summary()).isEqualTo("5 entries verified");
    }

    @Test
    void anEditedFieldIsFound() {
        String text = new String(this.entries.get(2), StandardCharsets.UTF_8);
        this.entries.set(2, text.replace("\"number\":2", "\"number\":9").getBytes(StandardCharsets.UTF_8));

        // the entry itself, and the next one, which continues what it was
        assertThat(problems()).containsExactly(VerificationState.BAD_SIGNATURE, VerificationState.BROKEN_CHAIN);
        assertThat(verify().summary()).startsWith("2 problems in 5 entries, first: entry 3 of log test");
    }

    @Test
    void aDroppedEntryInTheMiddleIsFound() {
        this.entries.set(2, TamperedStore.DROPPED);

        assertThat(problems()).containsExactly(VerificationState.MISSING, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void aDroppedFirstEntryIsFound() {
        this.entries.set(0, TamperedStore.DROPPED);

        assertThat(problems()).containsExactly(VerificationState.MISSING, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void entriesThatMovedUpToHideAGapAreFound() {
        this.entries.remove(2);

        assertThat(problems()).contains(VerificationState.MALFORMED);
    }

    @Test
    void exchangedEntriesAreFound() {
        byte[] second = this.entries.get(1);
        this.entries.set(1, this.entries.get(2));
        this.entries.set(2, second);

        assertThat(problems()).contains(VerificationState.MALFORMED);
    }

    @Test
    void aRepeatedEntryIsFound() {
        this.entries.add(this.entries.get(4));

        assertThat(problems()).containsExactly(VerificationState.MALFORMED);
    }

    @Test
    void anEntryFromAnotherLogIsFound() {
        this.entries.set(2, chain("other", Drafts.SECRET, 3).get(2));

        assertThat(problems()).contains(VerificationState.MALFORMED);
    }

    @Test
    void anEntryOfAnotherChainWithTheSameKeyAndPlaceIsFound() {
        this.entries.set(2, chain("test", Drafts.SECRET, 3).get(2));

        assertThat(problems()).containsExactly(VerificationState.BROKEN_CHAIN, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void anEntryForgedWithAnotherKeyIsFound() {
        this.entries.set(4, chain("test", ANOTHER_SECRET, 5).get(4));

        assertThat(problems()).containsExactly(VerificationState.UNKNOWN_KEY, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void anEntryForgedUnderTheIdOfTheKeyIsFound() {
        String kid = ReceiptSigner.hs256(Drafts.SECRET).kid();
        ReceiptLog forger = ReceiptLog.direct(
                "test",
                ReceiptStore.inMemory(1),
                ReceiptSigner.hs256(kid, ANOTHER_SECRET),
                Masking.defaults(),
                Drafts.CLOCK);
        this.entries.clear();
        this.entries.add(forger.append(Drafts.decided(this.run)).bytes());

        assertThat(problems()).containsExactly(VerificationState.BAD_SIGNATURE);
    }

    @Test
    void aCutTailIsNotFoundWithoutKnowingTheEndOfTheLog() {
        this.entries.remove(4);

        // the limit of a chain of hashes, written down so that nobody promises more
        assertThat(verify().valid()).isTrue();
        assertThat(verify().checked()).isEqualTo(4);
    }

    @Test
    void aRunIsCheckedWithTheEntriesAroundIt() {
        ReceiptStore store = ReceiptStore.inMemory(10);
        ReceiptLog log = Drafts.log(store);
        log.append(Drafts.decided(Drafts.run()));
        log.append(Drafts.decided(this.run));
        log.append(Drafts.decided(Drafts.run()));
        List<byte[]> bytes = new ArrayList<>(
                store.read("test", 1, 10).stream().map(Receipt::bytes).toList());
        ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

        assertThat(new ReceiptVerifier(store, keys).verify(this.run).valid()).isTrue();
        for (int neighbour : new int[] {0, 2}) {
            List<byte[]> changed = new ArrayList<>(bytes);
            changed.set(neighbour, chain("test", Drafts.SECRET, 3).get(neighbour));
            Verification found = new ReceiptVerifier(new TamperedStore("test", changed), keys).verify(this.run);
            assertThat(found.problems())
                    .extracting(VerificationProblem::state)
                    .contains(VerificationState.BROKEN_CHAIN);
        }
        assertThat(new ReceiptVerifier(store, keys).verify(Drafts.run()).valid())
                .as("a run nobody knows")
                .isFalse();
    }

    @Test
    void whatAFormerKeySignedStaysValidAfterRotation() {
        ReceiptKeys rotated = ReceiptKeys.of(
                ReceiptSigner.hs256(ANOTHER_SECRET), List.of(ReceiptSigner.hs256(Drafts.SECRET)), List.of());

        assertThat(verifier(rotated).verifyLog("test").valid()).isTrue();
        assertThat(verifier(ReceiptKeys.of(ReceiptSigner.hs256(ANOTHER_SECRET)))
                        .verifyLog("test")
                        .problems())
                .extracting(VerificationProblem::state)
                .containsOnly(VerificationState.UNKNOWN_KEY);
    }

    @Test
    void aPartOfALogIsCheckedWithTheLinkBeforeIt() {
        ReceiptVerifier verifier = verifier(ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));

        assertThat(verifier.verifyLog("test", 2, 3))
                .returns(true, Verification::valid)
                .returns(2L, Verification::checked);
        this.entries.set(0, chain("test", Drafts.SECRET, 1).get(0));
        assertThat(verifier(ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)))
                        .verifyLog("test", 2, 3)
                        .problems())
                .extracting(VerificationProblem::state)
                .containsExactly(VerificationState.BROKEN_CHAIN);
    }
}
