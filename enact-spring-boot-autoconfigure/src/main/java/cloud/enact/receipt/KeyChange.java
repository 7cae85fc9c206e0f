package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a KEY receipt says when a log goes on with another signing key: from which place on, which key comes after which,
 * and that the former one consents. The receipt is signed with the new key, so neither key can do it alone.
 *
 * @param log the log
 * @param seq first place of the new key: that of the receipt itself
 * @param prev hash of the last entry of the former key
 * @param kid id of the new key
 * @param alg its algorithm
 * @param publicKey its public half, X.509 in base64; {@code null} for a shared secret
 * @param formerKid id of the former key
 * @param formerAlg its algorithm
 * @param consent signature of the former key over {@link #statement()}, base64url; {@code null} when it was lost
 */
record KeyChange(
        String log,
        long seq,
        String prev,
        String kid,
        String alg,
        @Nullable String publicKey,
        String formerKid,
        String formerAlg,
        @Nullable String consent) {

    /** Name of the action of such a receipt. */
    static final String ACTION = "enact.rotate";

    private static final String CONSENT = "former_signature";

    /** No receipt and no checkpoint begins like this, so a signature over one can't pass for the other. */
    private static final byte[] CONTEXT = "enact/key-change/v1\n".getBytes(StandardCharsets.US_ASCII);

    /** Whether an entry records such a change. */
    static boolean isIn(Receipt entry) {
        return entry.damage() == null
                && entry.kind() == ReceiptKind.KEY
                && entry.action().equals(ACTION);
    }

    /**
     * Reads what an entry says.
     *
     * @return {@code null} when it says anything else than where it stands and what it is signed with
     */
    static @Nullable KeyChange in(Receipt entry) {
        ReceiptHeader header = entry.header();
        if (!(entry.fields().get("payload") instanceof Map<?, ?> payload)
                || !(payload.get("former_kid") instanceof String formerKid)
                || !(payload.get("former_alg") instanceof String formerAlg)) {
            return null;
        }
        KeyChange change = new KeyChange(
                header.log(),
                header.seq(),
                header.prev(),
                header.kid(),
                header.alg(),
                (payload.get("public_key") instanceof String key) ? key : null,
                formerKid,
                formerAlg,
                (payload.get(CONSENT) instanceof String consent) ? consent : null);
        return change.payload().equals(payload) ? change : null;
    }

    /** The bytes that the former key signs. */
    byte[] statement() {
        byte[] canonical = CanonicalJson.write(members());
        byte[] statement = new byte[CONTEXT.length + canonical.length];
        System.arraycopy(CONTEXT, 0, statement, 0, CONTEXT.length);
        System.arraycopy(canonical, 0, statement, CONTEXT.length, canonical.length);
        return statement;
    }

    /** The same with the consent of the former key. */
    KeyChange consentedBy(ReceiptSigner former) {
        String signature =
                Base64.getUrlEncoder().withoutPadding().encodeToString(UnsignedReceipt.signature(former, statement()));
        return new KeyChange(
                this.log,
                this.seq,
                this.prev,
                this.kid,
                this.alg,
                this.publicKey,
                this.formerKid,
                this.formerAlg,
                signature);
    }

    /** What the receipt holds. */
    Map<String, @Nullable Object> payload() {
        Map<String, @Nullable Object> payload = members();
        if (this.consent != null) {
            payload.put(CONSENT, this.consent);
        }
        return payload;
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("alg", this.alg);
        members.put("former_alg", this.formerAlg);
        members.put("former_kid", this.formerKid);
        members.put("kid", this.kid);
        members.put("log", this.log);
        members.put("prev", this.prev);
        if (this.publicKey != null) {
            members.put("public_key", this.publicKey);
        }
        members.put("seq", this.seq);
        return members;
    }
}
