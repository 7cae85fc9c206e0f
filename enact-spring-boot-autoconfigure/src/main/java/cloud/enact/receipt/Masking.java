package cloud.enact.receipt;

import cloud.enact.action.ShortText;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.analysis.credential.CredentialDetector.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of values before they are signed or shown, and cuts what is too large. Immutable, thread-safe.
 *
 * <p>The value of a name that stands for a secret becomes {@value #MASK}; a credential inside any text becomes
 * {@value #MASK} and its kind. What is left of a receipt is encrypted where {@link #sealedBy} says so.
 */
public final class Masking {

    /** Stands for what must not be seen. */
    public static final String MASK = "***";

    private final CredentialDetector detector;

    private final SecretNames names;

    private final SecretPlaces places;

    private final ReceiptLimits limits;

    private final @Nullable ReceiptSealer sealer;

    /**
     * Creates a masking.
     *
     * @param detector finds credentials in text and knows the usual names of secrets
     * @param names further names to mask, whole words in any spelling: {@code card_number} also masks {@code
     *     customerCardNumber}
     * @param limits how large things may get
     */
    public Masking(CredentialDetector detector, Collection<String> names, ReceiptLimits limits) {
        this(detector, new SecretNames(detector, names), limits, null);
    }

    private Masking(
            CredentialDetector detector, SecretNames names, ReceiptLimits limits, @Nullable ReceiptSealer sealer) {
        this.detector = detector;
        this.names = names;
        this.places = new SecretPlaces(names);
        this.limits = limits;
        this.sealer = sealer;
    }

    /** The usual names of secrets and the default limits. */
    public static Masking defaults() {
        return new Masking(new CredentialDetector(), List.of(), ReceiptLimits.defaults());
    }

    /**
     * The usual names of secrets and these, and the same limits.
     *
     * @param names as in the constructor
     */
    public Masking hiding(Collection<String> names) {
        return new Masking(this.detector, new SecretNames(this.detector, names), this.limits, this.sealer);
    }

    /** The same, encrypting what receipts say beyond that; places that only show values are not concerned. */
    public Masking sealedBy(ReceiptSealer sealer) {
        return new Masking(this.detector, this.names, this.limits, sealer);
    }

    /**
     * The same for what Enact itself says, which is looked up later: no names but the usual ones are masked, and there
     * is room for all of it.
     */
    Masking ofOwnWords() {
        ReceiptLimits usual = ReceiptLimits.defaults();
        return new Masking(
                this.detector,
                new SecretNames(this.detector, List.of()),
                new ReceiptLimits(this.limits.text(), usual.elements(), Math.max(this.limits.block(), usual.block())),
                this.sealer);
    }

    /** Whether receipts are encrypted. */
    public boolean seals() {
        return this.sealer != null;
    }

    @Nullable
    ReceiptSealer sealer() {
        return this.sealer;
    }

    /** Values as a receipt would show them, for other places that show them; what is cut has no digest there. */
    @SuppressWarnings("unchecked") // what was written from a map parses as one
    public Map<String, @Nullable Object> mask(Map<String, ? extends @Nullable Object> values) {
        MaskedValues known = new MaskedValues(this);
        JsonBytes out = masked(values, known);
        if (!known.isEmpty()) {
            out = masked(values, known);
        }
        return (Map<String, @Nullable Object>) Objects.requireNonNull(CanonicalJson.parse(out.toBytes()));
    }

    private JsonBytes masked(Map<String, ? extends @Nullable Object> values, MaskedValues known) {
        JsonBytes out = new JsonBytes(512);
        new MaskedJson(this, out, null, known).block(values, this.limits.block(), "");
        return out;
    }

    /** A value as a receipt would show it under its name. */
    public String mask(String name, String text) {
        return String.valueOf(mask(Map.of(name, text)).get(name));
    }

    /** A text as a receipt would show it. */
    public String mask(String text) {
        return cut(credentials(text), text, this.limits.text(), null);
    }

    String mask(String text, PayloadDigests.@Nullable OfReceipt digests, MaskedValues known) {
        return cut(known.hide(credentials(text)), text, this.limits.text(), digests);
    }

    /** Text that is looked up by what it says is only made well-formed and bounded. */
    String plain(String text) {
        String repaired = CanonicalJson.repair(text);
        return cut(repaired, repaired, this.limits.text(), null);
    }

    ReceiptLimits limits() {
        return this.limits;
    }

    boolean isSecretName(String name) {
        return this.names.contains(name);
    }

    SecretPlaces secrets() {
        return this.places;
    }

    List<Finding> find(String text) {
        return this.detector.find(text);
    }

    /** Replaces credentials. */
    String credentials(String text) {
        List<Finding> findings = find(text);
        if (findings.isEmpty()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        for (Finding finding : findings) {
            if (finding.start() >= from) {
                result.append(text, from, finding.start());
                result.append(MASK).append(finding.kind()).append(MASK);
            }
            from = Math.max(from, finding.end());
        }
        return result.append(text, from, text.length()).toString();
    }

    /**
     * Cuts a text that is too long.
     *
     * @param text what to show of it
     * @param original the text before credentials were replaced: what the size and the digest in the marker are of
     */
    static String cut(String text, String original, int limit, PayloadDigests.@Nullable OfReceipt digests) {
        if (text.length() <= limit) {
            return text;
        }
        String marker =
                text.substring(0, ShortText.end(text, limit)) + MASK + " (cut, " + original.length() + " characters";
        return marker + ((digests != null) ? ", " + digests.digest(original) + ")" : ")");
    }
}
