package cloud.enact.encryption;

import cloud.enact.action.HmacSha256;

/** A key that encrypts content. Thread-safe. */
public final class DataKey {

    private final String kid;

    private final byte[] key;

    private final Xaes256Gcm cipher;

    private final Nonces nonces;

    DataKey(String kid, byte[] key, Nonces nonces) {
        this.kid = kid;
        this.key = key.clone();
        this.cipher = new Xaes256Gcm(key);
        this.nonces = nonces;
    }

    /** Its id, which says nothing about whose data it encrypts. */
    public String kid() {
        return this.kid;
    }

    /**
     * Encrypts.
     *
     * @param context what the bytes belong to: must be the same when they are decrypted
     */
    public Sealed seal(byte[] context, byte[] plain) {
        byte[] nonce = this.nonces.next();
        return new Sealed(this.kid, nonce, this.cipher.encrypt(nonce, context, plain));
    }

    /**
     * Decrypts.
     *
     * @throws EncryptionException when the bytes were altered, belong to something else, or have another key
     */
    public byte[] open(byte[] context, Sealed sealed) {
        return this.cipher.decrypt(sealed.iv(), context, sealed.data());
    }

    /** 32 secret bytes for another purpose, the same each time. */
    byte[] derive(byte[] purpose) {
        return HmacSha256.of(this.key, purpose);
    }

    /** The id. */
    @Override
    public String toString() {
        return this.kid;
    }
}
