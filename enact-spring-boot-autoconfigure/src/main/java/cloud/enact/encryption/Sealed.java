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
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("alg", ALGORITHM);
        map.put("data", base64.encodeToString(this.data));
        map.put("iv", base64.encodeToString(this.iv));
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
            try {
                Base64.Decoder base64 = Base64.getUrlDecoder();
                return new Sealed(kid, base64.decode(iv), base64.decode(data));
            } catch (IllegalArgumentException ex) {
                throw new EncryptionException("Encrypted bytes are not base64url", null);
            }
        }
        throw new EncryptionException("It is not what this version of Enact encrypts", null);
    }

    /** The id of the key. */
    @Override
    public String toString() {
        return "Sealed[" + this.kid + "]";
    }
}
