package cloud.enact.encryption;

/** The key of what should be decrypted was dropped: its content is erased. */
public final class ErasedKeyException extends EncryptionException {

    private static final long serialVersionUID = 1L;

    ErasedKeyException(String kid) {
        super("What was encrypted with key " + kid + " is erased: the key was dropped", null);
    }
}
