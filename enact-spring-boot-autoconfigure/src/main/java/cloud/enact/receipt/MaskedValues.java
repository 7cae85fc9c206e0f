package cloud.enact.receipt;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is masked in one receipt, so that its echoes are masked as well: an exception that quotes a password must not
 * show it. Bounded in number and size, linear in what it looks at. Not thread-safe.
 */
final class MaskedValues {

    /** Anything shorter is an ordinary word too often. */
    private static final int SHORTEST = 6;

    private static final int LONGEST = 4096;

    private static final int MOST = 32;

    /** Objects that hold themselves have no end. */
    private static final int MOST_VISITED = 100_000;

    private final Masking masking;

    /** The longest first, because it may contain a shorter one. */
    private final List<Echo> echoes = new ArrayList<>();

    private int visited;

    MaskedValues(Masking masking) {
        this.masking = masking;
    }

    boolean isEmpty() {
        return this.echoes.isEmpty();
    }

    int size() {
        return this.echoes.size();
    }

    /** Remembers every secret in the values, also where a receipt would cut them. */
    void collect(@Nullable Object value) {
        this.visited = 0;
        collect(value, false, 0);
    }

    private void collect(@Nullable Object value, boolean secret, int depth) {
        if (depth > CanonicalJson.MAX_DEPTH || ++this.visited > MOST_VISITED || this.echoes.size() >= MOST) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            boolean labelled = this.masking.secrets().isLabelled(map);
            map.forEach((name, member) -> collect(
                    member,
                    secret
                            || this.masking.isSecretName(String.valueOf(name))
                            || labelled && SecretPlaces.isValue(String.valueOf(name)),
                    depth + 1));
        } else if (value instanceof Iterable<?> elements) {
            boolean after = false;
            for (Object element : elements) {
                collect(element, secret || after, depth + 1);
                after = this.masking.secrets().isOption(element);
            }
        } else if (value instanceof Object[] array) {
            collect(Arrays.asList(array), secret, depth);
        } else if (value instanceof CharSequence || value instanceof Number) {
            collect(value.toString(), secret);
        }
    }

    private void collect(String text, boolean secret) {
        if (secret) {
            remember(text);
            // what follows the scheme in an Authorization header is quoted without it
            remember(text.substring(text.indexOf(' ') + 1));
            return;
        }
        int value = this.masking.secrets().optionValue(text);
        if (value > 0) {
            remember(text.substring(value));
        }
        for (Finding finding : this.masking.find(text)) {
            remember(text.substring(finding.start(), finding.end()));
        }
    }

    private void remember(String text) {
        String value = text.strip();
        if (value.length() < SHORTEST
                || value.length() > LONGEST
                || this.echoes.size() >= MOST
                || this.echoes.stream().anyMatch(echo -> echo.value().equals(value))) {
            return;
        }
        this.echoes.add(Echo.of(value));
        this.echoes.sort(
                Comparator.comparingInt((Echo echo) -> echo.value().length()).reversed());
    }

    /** The text without what was remembered; the same object when nothing is in it. */
    String hide(String text) {
        String shown = text;
        for (Echo echo : this.echoes) {
            shown = echo.hide(shown);
        }
        return shown;
    }

    /**
     * One value and how it repeats itself, for the search of Knuth, Morris and Pratt: the search of the JDK is
     * quadratic on text made for it.
     */
    private record Echo(String value, int[] borders) {

        static Echo of(String value) {
            int[] borders = new int[value.length()];
            int matched = 0;
            for (int i = 1; i < borders.length; i++) {
                while (matched > 0 && value.charAt(i) != value.charAt(matched)) {
                    matched = borders[matched - 1];
                }
                matched += (value.charAt(i) == value.charAt(matched)) ? 1 : 0;
                borders[i] = matched;
            }
            return new Echo(value, borders);
        }

        String hide(String text) {
            StringBuilder shown = null;
            int copied = 0;
            int matched = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                while (matched > 0 && c != this.value.charAt(matched)) {
                    matched = this.borders[matched - 1];
                }
                matched += (c == this.value.charAt(matched)) ? 1 : 0;
                if (matched == this.borders.length) {
                    shown = (shown != null) ? shown : new StringBuilder(text.length());
                    shown.append(text, copied, i + 1 - matched).append(Masking.MASK);
                    copied = i + 1;
                    matched = 0;
                }
            }
            return (shown != null) ? shown.append(text, copied, text.length()).toString() : text;
        }
    }
}
