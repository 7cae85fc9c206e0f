package cloud.enact.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Xaes256GcmTests {

    private static final byte[] NONCE = bytes("ABCDEFGHIJKLMNOPQRSTUVWX");

    private static final byte[] CONTEXT = bytes("receipt 1");

    private final Xaes256Gcm cipher = new Xaes256Gcm(key(7));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    /** The published vectors: the highest bit of the CMAC subkey is 0 in the first and 1 in the second. */
    @ParameterizedTest
    @CsvSource({
        "1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        "3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
    })
    void itIsTheAlgorithmOfTheSpecification(int key, String context, String expected) {
        byte[] sealed = new Xaes256Gcm(key(key)).encrypt(NONCE, bytes(context), bytes("XAES-256-GCM"));

        assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(expected);
        assertThat(new Xaes256Gcm(key(key)).decrypt(NONCE, bytes(context), sealed))
                .asString()
                .isEqualTo("XAES-256-GCM");
    }

    @Test
    void everyBitOfKeyNonceContextAndCiphertextCounts() {
        byte[] sealed = this.cipher.encrypt(NONCE, CONTEXT, bytes("secret content"));

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            refuses(this.cipher, NONCE, CONTEXT, flipped(sealed, bit));
        }
        for (int bit = 0; bit < 8 * NONCE.length; bit++) {
            refuses(this.cipher, flipped(NONCE, bit), CONTEXT, sealed);
        }
        for (int bit = 0; bit < 8 * CONTEXT.length; bit++) {
            refuses(this.cipher, NONCE, flipped(CONTEXT, bit), sealed);
        }
        for (int bit = 0; bit < 256; bit++) {
            refuses(new Xaes256Gcm(flipped(key(7), bit)), NONCE, CONTEXT, sealed);
        }
        assertThat(this.cipher.decrypt(NONCE, CONTEXT, sealed)).asString().isEqualTo("secret content");
    }

    @Test
    void whatWasCutIsRefused() {
        byte[] sealed = this.cipher.encrypt(NONCE, CONTEXT, bytes("secret content"));

        for (int length = 0; length < sealed.length; length++) {
            refuses(this.cipher, NONCE, CONTEXT, Arrays.copyOf(sealed, length));
        }
        for (int length = 0; length < NONCE.length; length++) {
            refuses(this.cipher, Arrays.copyOf(NONCE, length), CONTEXT, sealed);
        }
    }

    private static void refuses(Xaes256Gcm cipher, byte[] nonce, byte[] context, byte[] sealed) {
        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> cipher.decrypt(nonce, context, sealed))
                .withMessageNotContaining("secret");
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }
}
