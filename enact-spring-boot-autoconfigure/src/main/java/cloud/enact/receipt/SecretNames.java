package cloud.enact.receipt;

import cloud.enact.analysis.credential.CredentialDetector;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells which names stand for secrets: the detector's, and configured ones as whole words. Thread-safe. */
final class SecretNames {

    private static final int REMEMBERED = 1024;

    private static final int MAX_REMEMBERED_LENGTH = 64;

    private final CredentialDetector detector;

    private final List<String> configured;

    /** The same few names come with every call; never grows beyond {@link #REMEMBERED}. */
    private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

    SecretNames(CredentialDetector detector, Collection<String> configured) {
        this.detector = detector;
        this.configured = configured.stream().map(SecretNames::words).toList();
        if (this.configured.contains("_")) {
            throw new IllegalArgumentException("A name to mask needs a letter or digit");
        }
    }

    boolean contains(String name) {
        Boolean known = this.answers.get(name);
        if (known != null) {
            return known;
        }
        boolean secret = look(name);
        if (name.length() <= MAX_REMEMBERED_LENGTH && this.answers.size() < REMEMBERED) {
            this.answers.put(name, secret);
        }
        return secret;
    }

    /** The same without remembering, for names that are values somewhere and differ each time. */
    boolean look(String name) {
        if (this.detector.isSecretName(name)) {
            return true;
        }
        if (this.configured.isEmpty()) {
            return false;
        }
        String words = words(name);
        return this.configured.stream().anyMatch(words::contains);
    }

    /** {@code cardNumber}, {@code card-number} and {@code CARD_NUMBER} are all {@code _card_number_}. */
    private static String words(String name) {
        StringBuilder result = new StringBuilder(name.length() + 8).append('_');
        char previous = '_';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean starts =
                    Character.isUpperCase(c) && (Character.isLowerCase(previous) || Character.isDigit(previous));
            if ((starts || !Character.isLetterOrDigit(c)) && result.charAt(result.length() - 1) != '_') {
                result.append('_');
            }
            if (Character.isLetterOrDigit(c)) {
                result.append(Character.toLowerCase(c));
            }
            previous = c;
        }
        return (result.charAt(result.length() - 1) == '_')
                ? result.toString()
                : result.append('_').toString();
    }
}
