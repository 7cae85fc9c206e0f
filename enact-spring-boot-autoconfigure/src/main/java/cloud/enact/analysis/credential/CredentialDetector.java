package cloud.enact.analysis.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds credentials in text and tells names that stand for secrets. Immutable, thread-safe. */
public final class CredentialDetector {

    private static final Pattern TOKEN = Pattern.compile("(?<github>gh[pousr]_[A-Za-z0-9]{36,255})"
            + "|(?<aws>\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b)"
            + "|(?<slack>xox[abprs]-[A-Za-z0-9-]{10,250})"
            + "|(?<key>-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[A-Za-z0-9+/=\\s]*+(?:-----END (?:[A-Z]+ )?PRIVATE KEY-----)?)"
            + "|(?<bearer>(?i:bearer) [A-Za-z0-9._~+/-]{16,4096})");

    private static final List<String> KINDS = List.of("github", "aws", "slack", "key", "bearer");

    private static final Set<String> SECRET_WORDS =
            Set.of("password", "passwd", "secret", "token", "authorization", "credential", "credentials", "apikey");

    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

    public CredentialDetector() {}

    /** All credentials in the text, ascending and apart from each other. */
    public List<Finding> find(String text) {
        if (text.length() < 16) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(0);
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            for (String kind : KINDS) {
                if (matcher.start(kind) >= 0) {
                    findings.add(new Finding(matcher.start(), matcher.end(), kind));
                }
            }
        }
        return findings;
    }

    /** Whether a name such as {@code dbPassword} or {@code api_key} stands for a secret. */
    public boolean isSecretName(String name) {
        String previous = "";
        for (String word : WORDS.split(name)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (SECRET_WORDS.contains(lower)
                    || (lower.equals("key")
                            && (previous.equals("api") || previous.equals("private") || previous.equals("access")))) {
                return true;
            }
            previous = lower;
        }
        return false;
    }

    /**
     * A credential in a text.
     *
     * @param start index of its first character
     * @param end index behind its last character
     * @param kind what it is
     */
    public record Finding(int start, int end, String kind) {}
}
