package cloud.enact.encryption;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM (C2SP): AES-256-GCM under a key of its own for each message, which the first half of a random nonce of
 * 192 bits selects and whose own nonce of 96 bits is the other half. With bare AES-256-GCM one busy subject would use
 * its key up in weeks. Thread-safe.
 */
final class Xaes256Gcm {

    static final int KEY = 32;

    static final int NONCE = 24;

    static final int TAG = 16;

    private static final int BLOCK = 16;

    private static final int HALF = 12;

    private static final int TAG_BITS = 8 * TAG;

    /** Ciphers that are kept to be used again: looking one up costs more than a short message. */
    private static final int KEPT = 16;

    private final SecretKeySpec key;

    /** The subkey of CMAC. */
    private final byte[] mask;

    private final Queue<Ciphers> idle = new ArrayBlockingQueue<>(KEPT);

    Xaes256Gcm(byte[] key) {
        if (key.length != KEY) {
            throw new IllegalArgumentException("A key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        try {
            Ciphers ciphers = new Ciphers(this.key);
            this.mask = doubled(ciphers.block.doFinal(new byte[BLOCK]));
            this.idle.offer(ciphers);
        } catch (GeneralSecurityException ex) {
            throw missing(ex);
        }
    }

    private static byte[] doubled(byte[] block) {
        byte[] doubled = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            doubled[i] = (byte) ((block[i] << 1) | carry);
            carry = (block[i] >> 7) & 1;
        }
        // without a branch on a secret
        doubled[BLOCK - 1] ^= (byte) (0x87 & -carry);
        return doubled;
    }

    /** Returns the ciphertext with its tag. */
    byte[] encrypt(byte[] nonce, byte[] context, byte[] plain) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, context, plain);
        } catch (GeneralSecurityException ex) {
            throw missing(ex);
        }
    }

    /**
     * Returns the plain bytes.
     *
     * @throws EncryptionException when key, nonce, context or bytes are not those of the encryption
     */
    byte[] decrypt(byte[] nonce, byte[] context, byte[] sealed) {
        if (nonce.length != NONCE || sealed.length < TAG) {
            throw new EncryptionException("Encrypted bytes were cut", null);
        }
        try {
            return run(Cipher.DECRYPT_MODE, nonce, context, sealed);
        } catch (GeneralSecurityException ex) {
            throw new EncryptionException(
                    "Encrypted bytes were altered, moved to another place, or encrypted with another key", ex);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] context, byte[] bytes) throws GeneralSecurityException {
        @Nullable Ciphers kept = this.idle.poll();
        Ciphers ciphers = (kept != null) ? kept : new Ciphers(this.key);
        SecretKeySpec once = new SecretKeySpec(ciphers.derive(nonce, this.mask), "AES");
        ciphers.gcm.init(mode, once, new GCMParameterSpec(TAG_BITS, nonce, HALF, HALF));
        ciphers.gcm.updateAAD(context);
        byte[] result = ciphers.gcm.doFinal(bytes);
        // what threw is not used again
        this.idle.offer(ciphers);
        return result;
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("This JVM has no AES-256-GCM, which encryption needs", cause);
    }

    /** The two ciphers of one message. Not thread-safe. */
    private static final class Ciphers {

        private final Cipher block;

        private final Cipher gcm;

        private Ciphers(SecretKeySpec key) throws GeneralSecurityException {
            this.block = Cipher.getInstance("AES/ECB/NoPadding");
            this.block.init(Cipher.ENCRYPT_MODE, key);
            this.gcm = Cipher.getInstance("AES/GCM/NoPadding");
        }

        /** The key of one message: CMAC in counter mode (NIST SP 800-108). */
        private byte[] derive(byte[] nonce, byte[] mask) throws GeneralSecurityException {
            byte[] input = new byte[2 * BLOCK];
            for (int i = 0; i < 2; i++) {
                int start = i * BLOCK;
                input[start + 1] = (byte) (i + 1);
                input[start + 2] = 'X';
                System.arraycopy(nonce, 0, input, start + BLOCK - HALF, HALF);
                for (int j = 0; j < BLOCK; j++) {
                    input[start + j] ^= mask[j];
                }
            }
            byte[] derived = this.block.doFinal(input);
            Arrays.fill(input, (byte) 0);
            return derived;
        }
    }
}
