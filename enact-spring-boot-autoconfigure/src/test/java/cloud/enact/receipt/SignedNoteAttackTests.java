package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes that somebody bends: none may be believed, and none may do more harm than not being one. */
class SignedNoteAttackTests {

    private static final String NOTE =
            new SignedLog("orders", "elsewhere").append(3).anchor().note();

    private static final CheckpointSigner SIGNER = SignedLog.SIGNER;

    /** Whether a note is believed; anything but a clean refusal is a failure of the test. */
    private static boolean isBelieved(String note) {
        try {
            SignedLog.KEYS.open(note);
            return true;
        } catch (ReceiptFormatException ex) {
            return false;
        }
    }

    @Test
    void noByteOfANoteCanBeAnother() {
        assertThat(isBelieved(NOTE)).isTrue();
        byte[] bytes = NOTE.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(6);
        for (int at = 0; at < bytes.length; at++) {
            for (int change : new int[] {1, 2, 4, 8, 16, 32, 64, 128, random.nextInt(1, 256)}) {
                byte[] bent = bytes.clone();
                bent[at] ^= (byte) change;
                assertThat(isBelieved(new String(bent, StandardCharsets.UTF_8)))
                        .as("byte %s xor %s", at, change)
                        .isFalse();
            }
            assertThat(isBelieved(new String(bytes, 0, at, StandardCharsets.UTF_8)))
                    .as("cut at %s", at)
                    .isFalse();
        }
    }

    static List<String> bent() {
        String[] lines = NOTE.split("\n", -1);
        String signature = lines[5];
        List<String> bent = new ArrayList<>(List.of(
                "",
                "\n",
                "\n\n",
                "\n\n\n",
                NOTE + "\n",
                "\n" + NOTE,
                NOTE.replace("\n", "\r\n"),
                NOTE.stripTrailing(),
                "\uFEFF" + NOTE,
                NOTE.replace("\n\n", "\n\n\n"),
                NOTE.replace("\n3\n", "\n03\n"),
                NOTE.replace("\n3\n", "\n+3\n"),
                NOTE.replace("\n3\n", "\n-3\n"),
                NOTE.replace("\n3\n", "\n3 \n"),
                NOTE.replace("\n3\n", "\n\u0663\n"),
                NOTE.replace("\n3\n", "\n9223372036854775808\n"),
                NOTE.replace("\n3\n", "\n" + "9".repeat(60_000) + "\n"),
                // an extension line that nobody signed, before and behind the signed ones
                NOTE.replace("\n\n", "\nextension\n\n"),
                NOTE.replace("\ntime ", "\nextension\ntime "),
                // a text within the text: two notes glued together
                NOTE + NOTE,
                lines[0] + "\n999\n" + lines[2] + "\n" + lines[3] + "\n\n" + NOTE,
                // origins of somebody else
                NOTE.replace("test/orders", "test/payments"),
                NOTE.replace("test/orders", "test//orders"),
                NOTE.replace("test/orders", "test/orders/orders"),
                NOTE.replace("test/orders\n", "test/orders\u0000\n"),
                NOTE.replace("test/orders\n", "TEST/orders\n"),
                // signatures
                NOTE.replace(signature, signature.replace("\u2014 test ", "\u2014 other ")),
                NOTE.replace(signature, signature.replace("\u2014 test ", "\u2014 test\u00A0")),
                NOTE.replace(signature, signature.replace("\u2014 ", "- ")),
                NOTE.replace(signature, signature + "="),
                NOTE.replace(signature, signature.replace("\u2014 test ", "\u2014  test ")),
                NOTE.replace(signature, "\u2014 test AAAA"),
                NOTE.replace(
                        signature, "\u2014 test " + base64(keyed(SIGNER.key().id(), new byte[0]))),
                NOTE.replace(
                        signature, "\u2014 test " + base64(keyed(SIGNER.key().id(), new byte[64]))),
                NOTE.replace(
                        signature, "\u2014 test " + base64(keyed(SIGNER.key().id(), new byte[40_000]))),
                // a good one beside one of the same key that does not fit
                NOTE + "\u2014 test " + base64(keyed(SIGNER.key().id(), new byte[64])) + "\n",
                NOTE + (signature + "\n").repeat(100),
                "x".repeat(10_000_000)));
        return bent;
    }

    private static byte[] keyed(int id, byte[] signature) {
        return ByteBuffer.allocate(4 + signature.length)
                .putInt(id)
                .put(signature)
                .array();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @ParameterizedTest
    @MethodSource("bent")
    void whatIsBentIsNotBelieved(String note) {
        assertThat(isBelieved(note)).isFalse();
    }

    @Test
    void aSecondSignatureOfAStrangerIsLeftAlone() {
        CheckpointSigner witness = CheckpointSigner.derivedFrom(
                "witness", ReceiptSigner.hs256("another secret of more than 32 characters"));
        SignedNote note = SignedNote.parse(NOTE);
        SignedNote cosigned = new SignedNote(
                note.text(),
                List.of(
                        note.signatures().get(0),
                        new NoteSignature("witness", witness.key().id(), new byte[64])));

        assertThat(isBelieved(cosigned.toString())).isTrue();
        assertThat(isBelieved(NOTE + "\u2014 test " + base64(keyed(7, new byte[64])) + "\n"))
                .isTrue();
    }

    @Test
    void aKeyUnderALongerNameDoesNotSpeakForAShorterOne() {
        CheckpointSigner inner = CheckpointSigner.derivedFrom("test/orders", ReceiptSigner.hs256(Drafts.SECRET));
        CheckpointKeys keys = CheckpointKeys.of(List.of(SIGNER.key(), inner.key()));
        CheckpointText text = new CheckpointText("test/orders", 3, new byte[32], Drafts.NOW);
        String signed = inner.sign("x", 3, new byte[32], Drafts.NOW).note();

        // what is under test/orders/x is not what is under test/orders
        assertThat(keys.open(signed).log()).isEqualTo("x");
        String forged = signed.replace("test/orders/x\n", text.origin() + "\n");
        assertThatThrownBy(() -> keys.open(forged)).isInstanceOf(CheckpointSignatureException.class);
        assertThat(Arrays.asList(signed.split("\n"))).contains("test/orders/x");
    }
}
