package cloud.enact.encryption;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted bytes, and the id of their key.
 *
 * @param kid id of the data key
 * @param iv nonce, 24 bytes
 * @param data ciphertext with its tag
 */
public record Sealed(String kid, byte[] iv, byte[] data) {

    /** Name of the algorithm in JSON. */
    public static final String ALGORITHM = "XAES-256-GCM";

    /** As JSON-like values in the order of their names. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("alg", ALGORITHM);
        map.put("data", encode(this.data));
        map.put("iv", encode(this.iv));
        map.put("kid", this.kid);
        return map;
    }

    /**
     * Reads what {@link #asMap} gave.
     *
     * @throws EncryptionException for anything else
     */
    public static Sealed read(@Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && map.size() == 4
                && ALGORITHM.equals(map.get("alg"))
                && map.get("data") instanceof String data
                && map.get("iv") instanceof String iv
                && map.get("kid") instanceof String kid
                && WrappedKey.isKid(kid)) {
            return new Sealed(kid, decode(iv), decode(data));
        }
        throw new EncryptionException("It is not what this version of Enact encrypts", null);
    }

    /** One text per value: no padding, and no stray bits behind the last byte. */
    private static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException ex) {
            throw new EncryptionException("Encrypted bytes are not base64url", null);
        }
        throw new EncryptionException("Encrypted bytes are not base64url in its one form", null);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The id of the key. */
    @Override
    public String toString() {
        return "Sealed[" + this.kid + "]";
    }
}
