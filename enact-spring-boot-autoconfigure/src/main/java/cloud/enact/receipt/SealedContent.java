package cloud.enact.receipt;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.Sealed;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the encrypted part of a receipt stands, and what stands in the places it was taken out of. */
final class SealedContent {

    /** The only member of the payload of a receipt that is encrypted. */
    static final String MEMBER = "$encrypted";

    /** Stands for a text that is encrypted. */
    static final String TEXT = "encrypted";

    /** Stands for an object that is encrypted. */
    static final Map<String, @Nullable Object> OBJECT = Map.of(Masking.MASK, TEXT);

    private SealedContent() {}

    /**
     * Whether a receipt is encrypted. A receipt that is not has the salt of its payload in the open, so an argument of
     * the same name can't pass for encryption.
     */
    static boolean isIn(Map<String, @Nullable Object> fields) {
        return !fields.containsKey("payload_salt")
                && fields.get("payload") instanceof Map<?, ?> payload
                && payload.size() == 1
                && payload.containsKey(MEMBER);
    }

    /**
     * The encrypted part.
     *
     * @throws EncryptionException when it is not what this version encrypts
     */
    static Sealed of(Map<String, @Nullable Object> fields) {
        return Sealed.read((fields.get("payload") instanceof Map<?, ?> payload) ? payload.get(MEMBER) : null);
    }

    /** Id of the key of a receipt; empty when it is not encrypted, or can't be read. */
    static Optional<String> kid(Receipt receipt) {
        if (receipt.damage() != null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = receipt.fields();
        try {
            return isIn(fields) ? Optional.of(of(fields).kid()) : Optional.empty();
        } catch (EncryptionException ex) {
            return Optional.empty();
        }
    }
}
