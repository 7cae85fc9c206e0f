package cloud.enact.receipt;

import cloud.enact.undo.UndoSeal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HMAC under a key that HKDF (RFC 5869) derives for this purpose alone: a seal can't pass for a signature, nor the
 * other way round. A tag is {@code kid:base64url}.
 */
final class DerivedUndoSeal implements UndoSeal {

    static final String UNDO = "enact/undo-seal/v1";

    private final String kid;

    private final HmacKey key;

    private final Map<String, HmacKey> keys;

    DerivedUndoSeal(List<ReceiptSigner> signers, String purpose) {
        this.kid = signers.get(0).kid();
        Map<String, HmacKey> byId = new LinkedHashMap<>();
        signers.forEach(signer -> byId.put(signer.kid(), new HmacKey(signer.derive(purpose))));
        this.key = new HmacKey(signers.get(0).derive(purpose));
        this.keys = Map.copyOf(byId);
    }

    @Override
    public String seal(byte[] bytes) {
        return tag(this.kid, this.key, bytes);
    }

    @Override
    public boolean verify(byte[] bytes, String tag) {
        int colon = tag.indexOf(':');
        HmacKey key = (colon > 0) ? this.keys.get(tag.substring(0, colon)) : null;
        if (key == null) {
            return false;
        }
        byte[] wanted = tag(tag.substring(0, colon), key, bytes).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(wanted, tag.getBytes(StandardCharsets.UTF_8));
    }

    private static String tag(String kid, HmacKey key, byte[] bytes) {
        return kid + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(bytes));
    }
}
