package cloud.enact.encryption;

import java.security.SecureRandom;
import java.util.Arrays;

/** Random nonces, drawn in blocks because a call costs more than the bytes. Thread-safe. */
final class Nonces {

    private static final int BLOCK = 128 * Xaes256Gcm.NONCE;

    private final SecureRandom random = new SecureRandom();

    private final byte[] block = new byte[BLOCK];

    private int used = BLOCK;

    synchronized byte[] next() {
        if (this.used == BLOCK) {
            this.random.nextBytes(this.block);
            this.used = 0;
        }
        byte[] nonce = Arrays.copyOfRange(this.block, this.used, this.used + Xaes256Gcm.NONCE);
        this.used += Xaes256Gcm.NONCE;
        return nonce;
    }

    /** A new key, or another secret of 32 bytes. */
    byte[] key() {
        byte[] key = new byte[Xaes256Gcm.KEY];
        this.random.nextBytes(key);
        return key;
    }

    /** So many random bytes. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        this.random.nextBytes(bytes);
        return bytes;
    }
}
