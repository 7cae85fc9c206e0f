package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTests {

    private static final String SIGNATURE =
            "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";

    /** The example of the specification. */
    private static final String NOTE = "This is an example message.\n\n\u2014 example.com/foo " + SIGNATURE + "\n";

    private static final String VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    @Test
    void theExampleOfTheSpecificationIsReadAndVerified() {
        SignedNote note = SignedNote.parse(NOTE);
        CheckpointKey key = CheckpointKey.parse(VKEY);

        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.name()).isEqualTo("example.com/foo");
            assertThat(signature.keyId()).isEqualTo(key.id());
            assertThat(key.verify(note.text(), signature.signature())).isTrue();
            assertThat(key.verify("This is another message.\n", signature.signature()))
                    .isFalse();
        });
        assertThat(note).hasToString(NOTE);
        assertThat(key).hasToString(VKEY);
    }

    @Test
    void theTextEndsAtTheLastEmptyLine() {
        SignedNote note = SignedNote.parse("one\n\ntwo\n\n\u2014 a " + SIGNATURE + "\n\u2014 b " + SIGNATURE + "\n");

        assertThat(note.text()).isEqualTo("one\n\ntwo\n");
        assertThat(note.signatures()).extracting(NoteSignature::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n\n",
                "text\n\n\n",
                "text\n\u2014 a AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAAA=",
                "text\n\n- a AAAAAAA=\n",
                "text\n\n\u2014 aAAAAAAA=\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 a b AAAAAAA=\n",
                "text\n\n\u2014 a+b AAAAAAA=\n",
                "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAA==\n",
                "text\n\n\u2014 a AAAAAAB=\n",
                "text\n\n\u2014 a AAAAAAA\n",
                "text\n\n\u2014 a not Base64\n",
                "text\n\n\u2014 a AAAAAAA=\r\n",
                "te\u0000xt\n\n\u2014 a AAAAAAA=\n",
                "te\rxt\n\n\u2014 a AAAAAAA=\n",
                "te\ud800xt\n\n\u2014 a AAAAAAA=\n",
                "text\n\n\u2014 a\ud800 AAAAAAA=\n"
            })
    void whatIsNoNoteIsRefused(String note) {
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> SignedNote.parse(note));
    }

    @Test
    void aNoteOfManySignaturesOrMuchTextIsRefused() {
        String line = "\u2014 a AAAAAAA=\n";

        assertThat(SignedNote.parse("text\n\n" + line.repeat(100)).signatures()).hasSize(100);
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> SignedNote.parse("text\n\n" + line.repeat(101)));
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> SignedNote.parse("t".repeat(SignedNote.MAX_LENGTH) + "\n\n" + line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "++",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903a+",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void whatIsNoKeyIsRefused(String vkey) {
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointKey.parse(vkey));
    }

    @Test
    void notesAreBuiltOfWhatCanBeReadAgain() {
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> new SignedNote("no line feed", List.of(new NoteSignature("a", 1, new byte[] {1}))));
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> new NoteSignature("a b", 1, new byte[] {1}));
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> new SignedNote("text\n", List.of()));
    }
}
