package cloud.enact.undo;

import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.ErasedKeyException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The encrypted members of a document of the undo log, bound to the readable ones. Thread-safe. */
final class SealedMembers {

    /** Name of the member that holds them. */
    static final String NAME = "sealed";

    /** Version of documents that have it: earlier versions of Enact must not take it for captured state. */
    static final int VERSION = 2;

    private final @Nullable KeyRing keys;

    SealedMembers(@Nullable KeyRing keys) {
        this.keys = keys;
    }

    static boolean isIn(Map<String, @Nullable Object> document) {
        return document.containsKey(NAME);
    }

    static String kid(Map<String, @Nullable Object> document) {
        return Sealed.read(document.get(NAME)).kid();
    }

    /** Encrypts further members of a document. */
    void seal(Map<String, @Nullable Object> document, byte[] members, DataKey key) {
        document.put("v", VERSION);
        document.put(NAME, key.seal(context(document), members).asMap());
    }

    byte[] open(Map<String, @Nullable Object> document) {
        Sealed sealed = Sealed.read(document.get(NAME));
        return keys().find(sealed.kid()).open(context(document), sealed);
    }

    private KeyRing keys() {
        if (this.keys == null) {
            throw new EncryptionException("it is encrypted, and no master key is configured here", null);
        }
        return this.keys;
    }

    /** Whether the key of a document was dropped. */
    boolean isErased(Map<String, @Nullable Object> document) {
        if (!isIn(document)) {
            return false;
        }
        try {
            keys().find(kid(document));
            return false;
        } catch (ErasedKeyException ex) {
            return true;
        }
    }

    /** The key of a document that is there, for what is added to it; {@code null} for a readable one. */
    @Nullable
    DataKey keyOf(Map<String, @Nullable Object> document) {
        return isIn(document) ? keys().find(kid(document)) : null;
    }

    private static byte[] context(Map<String, @Nullable Object> document) {
        StringBuilder context = new StringBuilder("enact/undo/v2");
        for (String name : new String[] {
            "kind", "position", "run_id", "action_id", "connector", "operation", "reversibility", "digest", "state"
        }) {
            String value = String.valueOf(document.get(name));
            // with its length, so that nothing can be split another way
            context.append('\n').append(value.length()).append(':').append(value);
        }
        return context.toString().getBytes(StandardCharsets.UTF_8);
    }
}
