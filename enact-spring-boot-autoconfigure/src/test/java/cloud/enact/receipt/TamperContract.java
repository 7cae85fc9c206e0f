package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What somebody may do to a store behind its back, and that a verification finds it: by the chain where that is enough,
 * else by the newest anchor. Ten entries are there; an anchor outside the store stands for the first {@value #ANCHORED}.
 */
public abstract class TamperContract {

    protected static final String LOG = "orders";

    private static final int ENTRIES = 10;

    private static final int ANCHORED = 7;

    private final SignedLog log = new SignedLog(LOG, "elsewhere");

    protected abstract ReceiptStore store();

    /** Puts other bytes in the place of an entry, as somebody can who has got around all guards of the store. */
    protected abstract void replace(long seq, byte[] entry) throws Exception;

    /** Takes entries out. */
    protected abstract void remove(long fromSeq, long toSeq) throws Exception;

    /** Puts an entry where there is none. */
    protected abstract void insert(long seq, byte[] entry) throws Exception;

    @BeforeEach
    final void write() {
        this.log.append(ANCHORED).anchor();
        this.log.append(ENTRIES - ANCHORED);
        store().append(this.log.entries().stream().map(Receipt::parse).toList());
    }

    private Verification verify() {
        return new ReceiptVerifier(
                        store(),
                        ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)),
                        SignedHeads.of(Anchors.read(List.of(this.log), SignedLog.KEYS)))
                .verifyAll();
    }

    private List<VerificationState> states() {
        return verify().problems().stream().map(VerificationProblem::state).toList();
    }

    private byte[] entry(int seq) {
        return this.log.entries().get(seq - 1);
    }

    @Test
    void anUntouchedLogIsValidAndItsExposedEndIsTold() {
        assertThat(states()).isEmpty();
        assertThat(verify().exposure()).isEqualTo(new Exposure(0, 1, ENTRIES - ANCHORED, Drafts.NOW));
    }

    @Test
    void anEditedFieldIsFound() throws Exception {
        String text = new String(entry(4), StandardCharsets.UTF_8);
        replace(4, text.replace("\"number\":3", "\"number\":9").getBytes(StandardCharsets.UTF_8));

        assertThat(states())
                .contains(
                        VerificationState.BAD_SIGNATURE,
                        VerificationState.BROKEN_CHAIN,
                        VerificationState.OTHER_HISTORY);
    }

    @Test
    void anEntryDroppedFromTheMiddleIsFound() throws Exception {
        remove(4, 4);

        assertThat(states()).containsExactly(VerificationState.MISSING, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void aDroppedTailIsFoundUpToTheAnchorAndBehindItToldAsExposed() throws Exception {
        for (int last = ENTRIES - 1; last >= ANCHORED; last--) {
            remove(last + 1, last + 1);
            assertThat(states()).as("behind the anchor").isEmpty();
            assertThat(verify().exposure().entries()).isEqualTo(last - ANCHORED);
        }
        for (int last = ANCHORED - 1; last >= 1; last--) {
            remove(last + 1, last + 1);
            assertThat(states()).as("up to the anchor").containsExactly(VerificationState.CUT);
        }
    }

    @Test
    void swappedEntriesAreFound() throws Exception {
        replace(3, entry(4));
        replace(4, entry(3));

        assertThat(states()).contains(VerificationState.MALFORMED, VerificationState.OTHER_HISTORY);
    }

    @Test
    void aRepeatedEntryIsFound() throws Exception {
        insert(ENTRIES + 1, entry(4));

        assertThat(states()).containsExactly(VerificationState.MALFORMED);
    }

    @Test
    void anInsertedEntryIsFound() throws Exception {
        insert(
                ENTRIES + 1,
                new SignedLog(LOG, "forger").append(ENTRIES + 1).entries().get(ENTRIES));

        assertThat(states()).containsExactly(VerificationState.BROKEN_CHAIN);
    }

    @Test
    void anEntryOfAnotherLogIsFound() throws Exception {
        replace(4, new SignedLog("refunds", "another").append(4).entries().get(3));

        assertThat(states()).contains(VerificationState.MALFORMED);
    }

    @Test
    void anEmptiedStoreIsFound() throws Exception {
        remove(1, ENTRIES);

        assertThat(states()).containsExactly(VerificationState.CUT);
    }

    @Test
    void anOldBackupIsFoundAlsoWhenTheLogWentOnFromIt() throws Exception {
        remove(5, ENTRIES);
        assertThat(states()).containsExactly(VerificationState.CUT);

        for (int i = 5; i <= ENTRIES; i++) {
            insert(i, next(i));
        }

        assertThat(states()).containsExactly(VerificationState.OTHER_HISTORY);
    }

    /** The entry that a writer with the true key would append to what is there. */
    private byte[] next(int seq) {
        UnsignedReceipt entry = new ReceiptWriter(LOG, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults())
                .write(Drafts.decided(Drafts.run(), Map.of("number", 100L + seq)));
        Receipt before = store().find(LOG, seq - 1L).orElseThrow();
        return entry.sign(seq, before.hash(), ReceiptSigner.hs256(Drafts.SECRET))
                .bytes();
    }

    @Test
    void aHistorySignedAnewWithTheTrueKeyIsFound() throws Exception {
        List<byte[]> forged = new SignedLog(LOG, "forger").append(ENTRIES).entries();
        for (int seq = 1; seq <= ENTRIES; seq++) {
            replace(seq, forged.get(seq - 1));
        }

        assertThat(states()).containsExactly(VerificationState.OTHER_HISTORY);
    }

    @Test
    void twoWritersThatForkAreFound() throws Exception {
        // both went on from entry 8; what one of them wrote ended up after the other's
        byte[] fork = next(9);
        List<byte[]> export = new ArrayList<>(this.log.entries());
        export.add(9, fork);
        ExportVerifier verifier = new ExportVerifier(ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)), true);
        export.forEach(verifier::add);
        assertThat(verifier.result().valid()).isFalse();

        replace(9, fork);
        assertThat(states()).containsExactly(VerificationState.BROKEN_CHAIN);
    }
}
