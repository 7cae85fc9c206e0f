package cloud.enact.encryption;

/**
 * A key that encrypts data keys and nothing else: held here, or by a key management service that never gives it away.
 * Implementations are thread-safe.
 */
public interface MasterKey {

    /** Id of this key, which says nothing about it: 1 to 256 visible ASCII characters. */
    String id();

    /**
     * Encrypts a data key.
     *
     * @param key 32 bytes
     * @param context bytes that must be given again to unwrap it; a service knows them as encryption context
     * @throws EncryptionException when that is impossible now
     */
    byte[] wrap(byte[] key, byte[] context);

    /**
     * Decrypts a data key.
     *
     * @throws EncryptionException when the bytes were not wrapped by this key in that context, or it can't tell now
     */
    byte[] unwrap(byte[] wrapped, byte[] context);

    /**
     * A key of this process. Its id is derived from it and tells nothing about it.
     *
     * @param key 32 random bytes
     * @throws IllegalArgumentException for any other number of bytes
     */
    static MasterKey aes256(byte[] key) {
        return new AesMasterKey(key);
    }

    /**
     * {@link #aes256(byte[])} from text, such as the output of {@code openssl rand -base64 32}.
     *
     * @throws IllegalArgumentException when the text is not base64 of 32 bytes; it is not echoed
     */
    static MasterKey aes256(String base64) {
        return new AesMasterKey(AesMasterKey.decode(base64));
    }
}
