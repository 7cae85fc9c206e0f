package cloud.enact.encryption;

import cloud.enact.action.HmacSha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Wraps with XAES-256-GCM; nonce first. */
final class AesMasterKey implements MasterKey {

    private static final int ID_BYTES = 6;

    private final String id;

    private final Xaes256Gcm cipher;

    private final Nonces nonces = new Nonces();

    AesMasterKey(byte[] key) {
        if (key.length != Xaes256Gcm.KEY) {
            throw new IllegalArgumentException("A master key has 32 bytes; make one with: openssl rand -base64 32");
        }
        byte[] digest = HmacSha256.of(key, "enact/master-key-id/v1");
        this.id = "aes-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        this.cipher = new Xaes256Gcm(key);
    }

    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException ex) {
            // the cause quotes a character of the key
            throw new IllegalArgumentException(
                    "A master key is base64 of 32 bytes; make one with: openssl rand -base64 32");
        }
    }

    @Override
    public String id() {
        return this.id;
    }

    @Override
    public byte[] wrap(byte[] key, byte[] context) {
        byte[] nonce = this.nonces.next();
        byte[] sealed = this.cipher.encrypt(nonce, context, key);
        byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
        return wrapped;
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] context) {
        if (wrapped.length <= Xaes256Gcm.NONCE) {
            throw new EncryptionException("A wrapped key was cut", null);
        }
        return this.cipher.decrypt(
                Arrays.copyOf(wrapped, Xaes256Gcm.NONCE),
                context,
                Arrays.copyOfRange(wrapped, Xaes256Gcm.NONCE, wrapped.length));
    }

    /** The id. */
    @Override
    public String toString() {
        return this.id;
    }
}
