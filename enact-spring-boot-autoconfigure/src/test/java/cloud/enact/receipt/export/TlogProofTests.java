package cloud.enact.receipt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.ReceiptFormatException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTests {

    private static final String HASH = Base64.getEncoder().encodeToString(new byte[32]);

    private static final String NOTE = "example.org/log\n7\n" + HASH + "\n\n\u2014 example.org/log AAAAAAAA\n";

    @Test
    void aProofReadsAsItWasWritten() {
        String text = "c2sp.org/tlog-proof@v1\nindex 6\n" + HASH + "\n" + HASH + "\n\n" + NOTE;

        TlogProof proof = TlogProof.parse(text);

        assertThat(proof.index()).isEqualTo(6);
        assertThat(proof.hashes()).hasSize(2);
        assertThat(proof.note()).isEqualTo(NOTE);
        assertThat(proof).hasToString(text);
        assertThat(new TlogProof(0, List.of(), NOTE)).hasToString("c2sp.org/tlog-proof@v1\nindex 0\n\n" + NOTE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "c2sp.org/tlog-proof@v2\nindex 6\n\nnote",
                "c2sp.org/tlog-proof@v1\nindex 06\n\nnote",
                "c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\nnote",
                "c2sp.org/tlog-proof@v1\nindex 6\n***\n\nnote",
                "c2sp.org/tlog-proof@v1\n\nnote"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> TlogProof.parse(text));
    }

    @Test
    void noProofIsLongerThanATreeIsHigh() {
        String text = "c2sp.org/tlog-proof@v1\nindex 6\n" + (HASH + "\n").repeat(65) + "\nnote";

        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> TlogProof.parse(text));
    }

    @Test
    void hashesOfAnotherLengthProveNothing() {
        assertThat(new TlogProof(0, List.of(new byte[31]), NOTE).proves(new byte[32], 2, new byte[32]))
                .isFalse();
        assertThat(new TlogProof(-1, List.of(), NOTE).proves(new byte[32], 1, new byte[32]))
                .isFalse();
    }
}
