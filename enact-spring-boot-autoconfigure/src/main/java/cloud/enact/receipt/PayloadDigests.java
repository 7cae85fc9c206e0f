package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Digests of what a receipt does not show. Each receipt has a random salt, and a key that HKDF (RFC 5869) expands from
 * the signing secret and that salt: who lacks the secret can't test guesses, and once the salt is erased nobody can.
 * Thread-safe.
 */
final class PayloadDigests {

    private static final byte[] INFO = "enact/payload-digest/v1".getBytes(StandardCharsets.US_ASCII);

    private static final int SALT = 16;

    private static final int BLOCK = 2048;

    private final HmacKey secret;

    private final SecureRandom random = new SecureRandom();

    private final byte[] block = new byte[BLOCK];

    private int used = BLOCK;

    PayloadDigests(ReceiptSigner signer) {
        this.secret = new HmacKey(signer.derive("enact/payload/v1"));
    }

    /** The digests of one new receipt. */
    OfReceipt begin() {
        return new OfReceipt(this, null);
    }

    /** The digests of a receipt that has its salt already. */
    OfReceipt of(byte[] salt) {
        return new OfReceipt(this, salt);
    }

    /** Random bytes are drawn in blocks, because a call costs more than the bytes. */
    private synchronized byte[] salt() {
        if (this.used + SALT > BLOCK) {
            this.random.nextBytes(this.block);
            this.used = 0;
        }
        byte[] salt = Arrays.copyOfRange(this.block, this.used, this.used + SALT);
        Arrays.fill(this.block, this.used, this.used + SALT, (byte) 0);
        this.used += SALT;
        return salt;
    }

    private HmacKey key(byte[] salt) {
        byte[] info = Arrays.copyOf(INFO, INFO.length + salt.length);
        System.arraycopy(salt, 0, info, INFO.length, salt.length);
        return this.secret.with(this.secret.expand(info));
    }

    /** Digests under one receipt's key. Not thread-safe. */
    static final class OfReceipt {

        private final PayloadDigests digests;

        private byte @Nullable [] salt;

        private @Nullable HmacKey key;

        private OfReceipt(PayloadDigests digests, byte @Nullable [] salt) {
            this.digests = digests;
            this.salt = salt;
        }

        /** {@code hmac-sha256:} and 64 hexadecimal digits. */
        String digest(byte[] bytes, int start, int length) {
            HmacKey key = this.key;
            if (key == null) {
                // most receipts without arguments need neither salt nor key
                byte[] salt = (this.salt != null) ? this.salt : this.digests.salt();
                key = this.digests.key(salt);
                this.salt = salt;
                this.key = key;
            }
            return "hmac-sha256:" + HexFormat.of().formatHex(key.mac(bytes, start, length));
        }

        String digest(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return digest(bytes, 0, bytes.length);
        }

        /** The salt as base64url, or {@code null} when nothing was digested. */
        @Nullable
        String salt() {
            return (this.salt != null) ? Base64.getUrlEncoder().withoutPadding().encodeToString(this.salt) : null;
        }
    }
}
