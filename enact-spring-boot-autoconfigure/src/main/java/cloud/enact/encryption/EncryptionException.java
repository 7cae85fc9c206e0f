package cloud.enact.encryption;

import org.jspecify.annotations.Nullable;

/** Something can't be encrypted or decrypted. The message never holds content or a key. */
public class EncryptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncryptionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
