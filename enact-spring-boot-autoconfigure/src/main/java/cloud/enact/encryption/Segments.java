package cloud.enact.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Segments of one content under a key that is used for nothing else, in order. A nonce is seven zeros, the place of the
 * segment, and whether it is the last: none comes twice. Not thread-safe.
 */
final class Segments {

    private static final int NONCE = 12;

    private static final int PLACE = 7;

    private static final int TAG_BITS = 8 * Xaes256Gcm.TAG;

    private final SecretKeySpec key;

    private final Cipher cipher;

    private int next;

    private boolean ended;

    Segments(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM has no AES-256-GCM, which encryption needs", ex);
        }
    }

    byte[] encrypt(byte[] content, int length, boolean last) {
        if (length > ContentCipher.SEGMENT || length < ContentCipher.SEGMENT && !last) {
            throw new IllegalArgumentException("All segments but the last are full");
        }
        try {
            return run(Cipher.ENCRYPT_MODE, content, length, last);
        } catch (GeneralSecurityException ex) {
            throw new EncryptionException("A segment can't be encrypted", ex);
        }
    }

    byte[] decrypt(byte[] sealed, int length, boolean last) {
        if (length < Xaes256Gcm.TAG) {
            throw new EncryptionException("Encrypted content was cut", null);
        }
        try {
            return run(Cipher.DECRYPT_MODE, sealed, length, last);
        } catch (GeneralSecurityException ex) {
            throw new EncryptionException("Encrypted content was altered or cut", ex);
        }
    }

    private byte[] run(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
        if (this.ended || this.next < 0) {
            throw new IllegalStateException("There is no segment after the last one");
        }
        ByteBuffer nonce = ByteBuffer.allocate(NONCE);
        nonce.position(PLACE).putInt(this.next++).put((byte) (last ? 1 : 0));
        this.ended = last;
        this.cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce.array()));
        return this.cipher.doFinal(bytes, 0, length);
    }
}
