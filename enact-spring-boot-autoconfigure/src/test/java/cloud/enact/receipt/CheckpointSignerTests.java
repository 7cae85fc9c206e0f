package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointSignerTests {

    private static final String NAME = "example.com/billing";

    private static final byte[] ROOT = new MerkleTree().root();

    /** PKCS#8 of the seed 00 01 … 1f. */
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n"
            + "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
            + "-----END PRIVATE KEY-----\n";

    private final CheckpointSigner signer = CheckpointSigner.of(NAME, PEM);

    private final CheckpointKeys keys = CheckpointKeys.of(List.of(this.signer.key()));

    @Test
    void aCheckpointSaysLogSizeRootAndTime() {
        Checkpoint checkpoint = this.signer.sign("log-1", 1234, ROOT, Drafts.NOW);

        assertThat(checkpoint.note())
                .startsWith("example.com/billing/log-1\n1234\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
                        + "time 2026-11-20T12:00:00.123456Z\n\n\u2014 example.com/billing ");
        assertThat(this.keys.open(checkpoint.note())).satisfies(read -> {
            assertThat(read).isEqualTo(checkpoint);
            assertThat(read.log()).isEqualTo("log-1");
            assertThat(read.size()).isEqualTo(1234);
            assertThat(read.root()).isEqualTo(ROOT);
            assertThat(read.timestamp()).isEqualTo(Drafts.NOW);
        });
    }

    @Test
    void everyChangeOfACheckpointIsNoticed() {
        String note = this.signer.sign("log-1", 1234, ROOT, Drafts.NOW).note();

        for (int i = 0; i < note.length(); i++) {
            char other = (note.charAt(i) == 'A') ? 'B' : 'A';
            String changed = note.substring(0, i) + other + note.substring(i + 1);

            assertThatExceptionOfType(ReceiptFormatException.class)
                    .as("changed at %s", i)
                    .isThrownBy(() -> this.keys.open(changed));
            String cut = note.substring(0, i);
            assertThatExceptionOfType(ReceiptFormatException.class)
                    .as("cut at %s", i)
                    .isThrownBy(() -> this.keys.open(cut));
        }
    }

    @Test
    void theDerivedKeyIsTheSameForEveryProcessOfOneSecretAndAnotherForEachSecret() {
        CheckpointSigner derived = CheckpointSigner.derivedFrom(NAME, ReceiptSigner.hs256(Drafts.SECRET));
        CheckpointSigner again = CheckpointSigner.derivedFrom(NAME, ReceiptSigner.hs256("kid", Drafts.SECRET));
        CheckpointSigner other = CheckpointSigner.derivedFrom(NAME, ReceiptSigner.hs256("x" + Drafts.SECRET));

        assertThat(again.key()).isEqualTo(derived.key());
        assertThat(other.key()).isNotEqualTo(derived.key());
        assertThat(CheckpointKeys.of(List.of(again.key()))
                        .open(derived.sign("log-1", 0, ROOT, Drafts.NOW).note()))
                .isNotNull();
    }

    @Test
    void signaturesOfKeysUnknownAreIgnoredBesideAKnownOne() {
        Checkpoint checkpoint = this.signer.sign("log-1", 7, ROOT, Drafts.NOW);
        String witness = CheckpointSigner.derivedFrom("witness.example", ReceiptSigner.hs256(Drafts.SECRET))
                .sign("log-1", 7, ROOT, Drafts.NOW)
                .note();
        String cosigned = checkpoint.note() + witness.substring(witness.indexOf('\u2014'));

        assertThat(this.keys.open(cosigned).size()).isEqualTo(7);
        assertThatExceptionOfType(CheckpointSignatureException.class)
                .isThrownBy(() -> CheckpointKeys.of(List.of()).open(cosigned))
                .withMessageContaining("not signed with a key that is known");
    }

    @Test
    void aKeySpeaksOnlyForLogsUnderItsName() {
        CheckpointSigner other = CheckpointSigner.of("example.com/shipping", PEM);
        SignedNote note =
                SignedNote.parse(other.sign("log-1", 7, ROOT, Drafts.NOW).note());
        String text = note.text().replace("shipping", "billing");
        String mixed = new SignedNote(text, note.signatures()).toString();

        assertThatExceptionOfType(CheckpointSignatureException.class).isThrownBy(() -> this.keys.open(note.toString()));
        assertThatExceptionOfType(CheckpointSignatureException.class)
                .isThrownBy(() -> CheckpointKeys.of(List.of(other.key())).open(mixed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log-1\n7\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "/log-1\n7\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/\n7\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log 1\n7\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n07\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n-7\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n99999999999999999999\nROOT\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n7\n\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n7\nAAAA\ntime 2026-11-20T12:00:00.123456Z\n",
                "example.com/billing/log-1\n7\nROOT\n",
                "example.com/billing/log-1\n7\nROOT\ntime 2026-11-20\n",
                "example.com/billing/log-1\n7\nROOT\ntime 2026-11-20T12:00:00Z\n",
                "example.com/billing/log-1\n7\nROOT\ntime 2026-11-20T12:00:00.123456Z\nmore\n"
            })
    void whatIsNoCheckpointIsRefused(String text) {
        String note = new SignedNote(
                        text.replace("ROOT", Base64.getEncoder().encodeToString(ROOT)),
                        List.of(new NoteSignature(NAME, this.signer.key().id(), new byte[64])))
                .toString();

        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> this.keys.open(note))
                .withMessageStartingWith("Not a checkpoint");
    }

    @Test
    void nothingTellsTheSecretHalf() {
        assertThat(this.signer).hasToString("CheckpointSigner[" + this.signer.key() + "]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointSigner.of(NAME, "-----BEGIN PRIVATE KEY-----secret"))
                .withMessageNotContaining("secret");
    }

    @Test
    void theKeyIsReadAgainFromItsText() {
        CheckpointKey key = CheckpointKey.parse(this.signer.key().toString());

        assertThat(key).isEqualTo(this.signer.key()).hasSameHashCodeAs(this.signer.key());
        assertThat(key.name()).isEqualTo(NAME);
        assertThat(ReceiptVerificationKey.ed25519(key.pem()).alg()).isEqualTo("EdDSA");
    }
}
