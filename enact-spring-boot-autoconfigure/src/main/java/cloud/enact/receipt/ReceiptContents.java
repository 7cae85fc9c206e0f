package cloud.enact.receipt;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.ErasedKeyException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Sealed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What receipts say, decrypted where they are encrypted: the one place where that happens. Receipts themselves, exports
 * and copies keep the bytes that were signed. Thread-safe.
 */
public final class ReceiptContents {

    /** Members that the encrypted part may give. */
    private static final Set<String> HIDDEN = Set.of(
            "actions_reversed",
            "actions_taken",
            "actor",
            "outcome_detail",
            "payload",
            "payload_salt",
            "policy_results");

    private final @Nullable KeyRing keys;

    private ReceiptContents(@Nullable KeyRing keys) {
        this.keys = keys;
    }

    /** Contents for who has the keys. */
    public static ReceiptContents of(KeyRing keys) {
        return new ReceiptContents(keys);
    }

    /** Contents for who has no keys: what is encrypted stays so. */
    public static ReceiptContents withoutKeys() {
        return new ReceiptContents(null);
    }

    /** What became of the content. */
    public enum State {
        /** It was never encrypted. */
        PLAIN,
        /** It was encrypted, and is here. */
        DECRYPTED,
        /** Its key was dropped: nobody can read it any more. */
        ERASED,
        /** It can't be read here, now. */
        LOCKED
    }

    /**
     * What a receipt says.
     *
     * @param state whether that is all of it
     * @param fields its fields; without arguments where these can't be read
     * @param problem why it can't be read here, in a sentence, or {@code null}
     */
    public record Content(
            State state,
            Map<String, @Nullable Object> fields,
            @Nullable String problem) {

        /** The encrypted part as JSON-like values, for who looks at the receipt beside it. */
        Map<String, @Nullable Object> asMap() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("log", this.fields.get("log"));
            map.put("seq", this.fields.get("seq"));
            map.put("state", this.state.name().toLowerCase(Locale.ROOT));
            if (this.problem != null) {
                map.put("problem", this.problem);
            }
            if (this.state == State.DECRYPTED) {
                HIDDEN.stream()
                        .sorted()
                        .filter(this.fields::containsKey)
                        .forEach(name -> map.put(name, this.fields.get(name)));
            }
            return map;
        }
    }

    /**
     * Reads a receipt.
     *
     * @throws ReceiptFormatException when it is damaged
     */
    public Content open(Receipt receipt) {
        Map<String, @Nullable Object> fields = receipt.fields();
        if (!SealedContent.isIn(fields)) {
            return new Content(State.PLAIN, fields, null);
        }
        Map<String, @Nullable Object> readable = new LinkedHashMap<>(fields);
        readable.remove("payload");
        if (this.keys == null) {
            return new Content(State.LOCKED, readable, "it is encrypted, and no master key is configured here");
        }
        try {
            readable.putAll(decrypt(receipt, SealedContent.of(fields), this.keys));
            return new Content(State.DECRYPTED, readable, null);
        } catch (ErasedKeyException ex) {
            return new Content(State.ERASED, readable, null);
        } catch (EncryptionException ex) {
            return new Content(State.LOCKED, readable, ex.getMessage());
        }
    }

    private static Map<String, @Nullable Object> decrypt(Receipt receipt, Sealed sealed, KeyRing keys) {
        byte[] context = ReceiptSealer.context(
                receipt.log(), receipt.kind(), receipt.runId(), receipt.actionId(), receipt.timestamp());
        Map<String, @Nullable Object> hidden = new LinkedHashMap<>();
        try {
            if (CanonicalJson.parse(keys.find(sealed.kid()).open(context, sealed)) instanceof Map<?, ?> members) {
                members.forEach((name, value) -> hidden.put(String.valueOf(name), value));
            }
        } catch (ReceiptFormatException ex) {
            throw new EncryptionException("What was encrypted is not what this version of Enact reads", null);
        }
        hidden.keySet().retainAll(HIDDEN);
        return hidden;
    }
}
