package cloud.enact.receipt;

import cloud.enact.undo.UndoSeal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every key that receipts are checked with, by id, and the one they are signed with. Immutable, thread-safe. */
public final class ReceiptKeys {

    private final List<ReceiptSigner> signers;

    private final Map<String, ReceiptVerificationKey> keys;

    private final Set<String> lost;

    private ReceiptKeys(List<ReceiptSigner> signers, Map<String, ReceiptVerificationKey> keys, Set<String> lost) {
        this.signers = signers;
        this.keys = keys;
        this.lost = lost;
    }

    private ReceiptKeys(List<ReceiptSigner> signers, Collection<? extends ReceiptVerificationKey> others) {
        this.signers = List.copyOf(signers);
        this.lost = Set.of();
        Map<String, ReceiptVerificationKey> byId = new LinkedHashMap<>();
        signers.forEach(signer -> add(byId, signer.verificationKey()));
        others.forEach(key -> add(byId, key));
        this.keys = Map.copyOf(byId);
    }

    private static void add(Map<String, ReceiptVerificationKey> keys, ReceiptVerificationKey key) {
        if (keys.putIfAbsent(KeyId.require(key.kid()), key) != null) {
            throw new IllegalArgumentException("Two keys have the id '" + key.kid()
                    + "'; remove the one that is configured twice, or give one of them another id");
        }
    }

    /** Signs and verifies with one key. */
    public static ReceiptKeys of(ReceiptSigner signer) {
        return of(signer, List.of(), List.of());
    }

    /**
     * Signs with one key and verifies with several.
     *
     * @param signer signs from now on
     * @param former signed before: what they signed or sealed stays valid
     * @param published further keys that only verify
     * @throws IllegalArgumentException when two keys have the same id
     */
    public static ReceiptKeys of(
            ReceiptSigner signer,
            Collection<? extends ReceiptSigner> former,
            Collection<? extends ReceiptVerificationKey> published) {
        List<ReceiptSigner> signers = new ArrayList<>();
        signers.add(signer);
        signers.addAll(former);
        return new ReceiptKeys(signers, published);
    }

    /**
     * The same keys, and that some of a log's former ones are known to be lost: a change of keys that they did not
     * consent to counts. Whoever has the key that came after a lost one can bend what the lost one signed, so name as
     * few as possible.
     *
     * @param kids ids of lost keys
     * @throws IllegalArgumentException when one of them signs, or could consent
     */
    public ReceiptKeys withLost(Collection<String> kids) {
        for (String kid : kids) {
            if (this.signers.stream().anyMatch(signer -> signer.kid().equals(KeyId.require(kid)))) {
                throw new IllegalArgumentException(
                        "The key '" + kid + "' is configured and named as lost; remove one of the two");
            }
        }
        return new ReceiptKeys(this.signers, this.keys, Set.copyOf(kids));
    }

    /** Verifies only; {@link #signer()} and {@link #undoSeal()} throw. */
    public static ReceiptKeys forVerification(Collection<? extends ReceiptVerificationKey> keys) {
        return new ReceiptKeys(List.of(), keys);
    }

    /**
     * The key that signs.
     *
     * @throws IllegalStateException when these keys only verify
     */
    public ReceiptSigner signer() {
        if (this.signers.isEmpty()) {
            throw new IllegalStateException("These keys only verify; configure a signing secret or a private key");
        }
        return this.signers.get(0);
    }

    /** Everything that can sign, the one that signs first. */
    List<ReceiptSigner> signers() {
        return this.signers;
    }

    /** Ids of all keys. */
    public Set<String> ids() {
        return this.keys.keySet();
    }

    /** Seals undo records with a key derived from the signing key, and checks those of former ones. */
    public UndoSeal undoSeal() {
        return seal(DerivedUndoSeal.UNDO);
    }

    /**
     * Seals with a key derived from the signing key for a purpose, and checks what those of former ones sealed.
     *
     * @param purpose a label such as {@code enact/approval-store/v1}
     */
    public UndoSeal seal(String purpose) {
        signer();
        return new DerivedUndoSeal(this.signers, purpose);
    }

    /** The key of an id when it can still sign; {@code null} when it only verifies, or is not known. */
    @Nullable
    ReceiptSigner formerSigner(String kid) {
        for (ReceiptSigner signer : this.signers) {
            if (signer.kid().equals(kid)) {
                return signer;
            }
        }
        return null;
    }

    boolean isLost(String kid) {
        return this.lost.contains(kid);
    }

    /** The public half of a key, X.509 in base64; {@code null} for one that has none, or is not known. */
    @Nullable
    String publicKey(String kid) {
        ReceiptVerificationKey key = this.keys.get(kid);
        byte[] encoded = (key != null) ? key.publicKey() : null;
        return (encoded != null) ? Base64.getEncoder().encodeToString(encoded) : null;
    }

    /** Public halves of those keys that have one, by id: X.509 in PEM. */
    public Map<String, String> publicKeys() {
        Map<String, String> published = new TreeMap<>();
        for (String kid : this.keys.keySet()) {
            String encoded = publicKey(kid);
            if (encoded != null) {
                published.put(kid, "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
            }
        }
        return published;
    }

    /** Every key, only to verify with. */
    public Collection<ReceiptVerificationKey> verificationKeys() {
        return this.keys.values();
    }

    /** What form and signature of an entry come to. */
    VerificationState stateOf(Receipt entry) {
        if (entry.damage() != null) {
            return VerificationState.MALFORMED;
        }
        return switch (check(entry)) {
            case VALID -> VerificationState.VALID;
            case BAD_SIGNATURE -> VerificationState.BAD_SIGNATURE;
            case UNKNOWN_KEY -> VerificationState.UNKNOWN_KEY;
        };
    }

    /** Checks the signature of an entry that can be read. */
    SignatureState check(Receipt entry) {
        byte[] signature = Base64.getUrlDecoder().decode(entry.signature());
        ReceiptHeader header = entry.header();
        return check(header.kid(), header.alg(), entry.signedBytes(), signature);
    }

    /**
     * Checks a signature.
     *
     * @param kid id of the key the entry names
     * @param alg algorithm the entry names; another one than the key's is a bad signature
     */
    SignatureState check(String kid, String alg, byte[] bytes, byte[] signature) {
        @Nullable ReceiptVerificationKey key = this.keys.get(kid);
        if (key == null) {
            return SignatureState.UNKNOWN_KEY;
        }
        boolean fits = key.alg().equals(alg) && key.verify(bytes, signature);
        return fits ? SignatureState.VALID : SignatureState.BAD_SIGNATURE;
    }
}
