package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the start of a log believes of the places that remember it. */
class AnchoredStartTests {

    private final SignedLog log = new SignedLog("orders", "elsewhere");

    private static void start(ReceiptStore store, AnchorSource... sources) {
        AnchoredStart.requireAgreement(store, "orders", SignedLog.KEYS, List.of(sources));
    }

    @Test
    void aPlaceThatRemembersNoMoreThanThereIsAgrees() {
        this.log.append(3).anchor();

        assertThatCode(() -> start(SignedLog.store("orders", this.log.entries()), this.log))
                .doesNotThrowAnyException();
    }

    @Test
    void everyPlaceIsAskedAlsoBehindOneThatCannotBeRead() {
        this.log.append(3).anchor();

        assertThatExceptionOfType(CheckpointMismatchException.class)
                .isThrownBy(() ->
                        start(SignedLog.store("orders", this.log.entries().subList(0, 2)), new Broken(), this.log))
                .withMessageContaining("has 2 entries, and a checkpoint in elsewhere says 3");
    }

    @Test
    void whatNobodyKnownSignedStopsNothing() {
        this.log.append(3);
        CheckpointSigner stranger =
                CheckpointSigner.derivedFrom("test", ReceiptSigner.hs256("another secret of more than 32 characters"));
        String strange = new SignedLog("orders", "stranger")
                .append(9)
                .checkpoint(stranger)
                .note();
        String genuine = new SignedLog("orders", "other").append(9).anchor().note();
        String ofAnotherLog =
                new SignedLog("payments", "other").append(9).anchor().note();
        this.log
                .remember(strange)
                .remember(genuine.replace("\n9\n", "\n99\n"))
                .remember(ofAnotherLog)
                .remember(ofAnotherLog.replace("test/payments", "test/orders"))
                .remember("nonsense");

        assertThatCode(() -> start(SignedLog.store("orders", this.log.entries()), this.log))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherHistoryOfTheSameLengthWithCheckpointsOfItsOwnIsRefused() {
        this.log.append(3).anchor();
        SignedLog forged = new SignedLog("orders", "forger").append(3);
        MemoryReceiptStore store = new MemoryReceiptStore(100);
        store.append(forged.entries().stream().map(Receipt::parse).toList());
        store.save(forged.checkpoint(SignedLog.SIGNER), new byte[0]);

        assertThatExceptionOfType(CheckpointMismatchException.class)
                .isThrownBy(() -> start(store, this.log))
                .withMessageContaining("has another history than a checkpoint of 3 entries in elsewhere");
    }

    private static final class Broken implements AnchorSource {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void notes(Consumer<String> visitor) throws IOException {
            throw new IOException("gone");
        }
    }
}
