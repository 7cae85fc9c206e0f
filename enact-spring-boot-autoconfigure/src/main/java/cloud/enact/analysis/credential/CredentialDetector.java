package cloud.enact.analysis.credential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in text: tokens of known vendors, private-key blocks, passwords in connection strings, JSON Web Tokens,
 * and values that look random beside names that promise a secret.
 *
 * <p>One pass over the text, linear in its length; no regular expressions. Text without a candidate costs one table
 * look-up per character and no allocation. A text that is base64 as a whole is decoded once. Immutable and thread-safe.
 */
public final class CredentialDetector {

    private static final int SHORTEST_SECRET = 8;

    private static final int SHORTEST_ENCODED = 24;

    /** Of a longer text this much is decoded; a multiple of four, as base64 is. */
    private static final int LONGEST_ENCODED = 64 * 1024;

    private final VendorTokens vendors = new VendorTokens();

    private final SecretNames names = new SecretNames();

    private final Assignments assignments = new Assignments(this.names);

    private final ConnectionStrings connections = new ConnectionStrings();

    private final PrivateKeys keys = new PrivateKeys();

    private final boolean[] triggers = new boolean[128];

    /** Creates a detector. One instance serves a whole application. */
    public CredentialDetector() {
        this.vendors.markFirstCharacters(this.triggers);
        for (char trigger : ":=>-Bb".toCharArray()) {
            this.triggers[trigger] = true;
        }
    }

    /**
     * Returns the secrets in the text, in order, never overlapping.
     *
     * @param text any text, hostile or not
     * @return what was found; empty when there is nothing
     */
    public List<Finding> find(String text) {
        List<Finding> found = scan(text);
        return (found.isEmpty() && isEncoded(text)) ? List.of(new Finding(0, text.length(), "encoded-secret")) : found;
    }

    /** Whether the text is base64, in either alphabet, of a text with a secret in it. */
    private boolean isEncoded(String text) {
        int length = Math.min(text.length(), LONGEST_ENCODED);
        if (length < SHORTEST_ENCODED) {
            return false;
        }
        boolean plain = Alphabet.BASE64.end(text, 0, length) == length;
        if (!plain && Alphabet.URL_PADDED.end(text, 0, length) < length) {
            return false;
        }
        try {
            byte[] decoded = (plain ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(text.substring(0, length));
            return !scan(new String(decoded, StandardCharsets.ISO_8859_1)).isEmpty();
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    private List<Finding> scan(String text) {
        int length = text.length();
        if (length < SHORTEST_SECRET) {
            return List.of();
        }
        List<Finding> found = null;
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            if (c >= 128 || !this.triggers[c] || insideWord(text, at, c)) {
                at++;
                continue;
            }
            Finding finding = candidate(text, at, c);
            if (finding == null) {
                at++;
                continue;
            }
            if (found == null) {
                found = new ArrayList<>(2);
            }
            found.add(finding);
            at = finding.end();
        }
        return (found != null) ? found : List.of();
    }

    /** No token starts in the middle of a word; asked here, because nearly every letter of a text ends here. */
    private static boolean insideWord(String text, int at, char c) {
        return at > 0 && Alphabet.ALNUM.has(c) && Alphabet.ALNUM.has(text.charAt(at - 1));
    }

    private @Nullable Finding candidate(String text, int at, char c) {
        return switch (c) {
            case '-' -> this.keys.at(text, at);
            case ':' -> {
                Finding finding = this.connections.at(text, at);
                yield (finding != null) ? finding : assignment(text, at);
            }
            case '=', '>' -> assignment(text, at);
            case 'B', 'b' -> this.assignments.bearerAt(text, at);
            default -> this.vendors.at(text, at);
        };
    }

    private @Nullable Finding assignment(String text, int at) {
        Finding finding = this.assignments.at(text, at);
        if (finding == null) {
            return null;
        }
        // a token of a known vendor says more than "secret-value"
        Finding vendor = this.vendors.at(text, finding.start());
        return (vendor != null && vendor.end() >= finding.end()) ? vendor : finding;
    }

    /**
     * Whether a name promises a secret: {@code password}, {@code apiKey}, {@code X-Api-Key}, {@code client_secret}; not
     * {@code max_tokens}, {@code primary_key} or {@code password_policy}.
     *
     * @param name name of an argument, field, header or variable
     */
    public boolean isSecretName(String name) {
        return this.names.classify(name) != SecretNames.Kind.NONE;
    }

    /**
     * One secret.
     *
     * @param start index of its first character
     * @param end index after its last character
     * @param kind what it is, kebab-case, such as {@code github-token}
     */
    public record Finding(int start, int end, String kind) {

        public Finding {
            if (start < 0 || end <= start || kind.isBlank()) {
                throw new IllegalArgumentException("A finding covers at least one character and names its kind");
            }
        }
    }
}
