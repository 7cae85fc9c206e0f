package cloud.enact.connector.email;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads addresses, and says which of them messages may go to. Immutable. */
final class EmailAddresses {

    /** The plain form alone: what has names, comments, quotes or routes in it reads differently to different readers. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))*");

    private static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL = 64;

    private final List<Pattern> allowed = new ArrayList<>();

    /**
     * Makes the list.
     *
     * @param patterns addresses where a star stands for any characters; empty for any address
     */
    EmailAddresses(Collection<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.indexOf('@') < 0) {
                throw new IllegalArgumentException(
                        "Recipients are addresses such as ann@enact.example or *@enact.example");
            }
            this.allowed.add(Pattern.compile(
                    Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E[^@]*\\Q")));
        }
    }

    /**
     * Reads one address.
     *
     * @throws IllegalArgumentException when it isn't one
     */
    static String read(@Nullable Object value) {
        if (value instanceof String text
                && text.length() <= MAX_LENGTH
                && text.indexOf('@') <= MAX_LOCAL
                && PLAIN.matcher(text).matches()) {
            return text;
        }
        throw new IllegalArgumentException("An address is a plain one such as ann@enact.example, without a name");
    }

    /**
     * Reads the recipients of one kind: one address, or a list of them.
     *
     * @param given {@code null} for none
     * @throws IllegalArgumentException when one isn't an address, or messages may not go there
     */
    List<String> recipients(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        Set<String> seen = new LinkedHashSet<>();
        List<String> recipients = new ArrayList<>();
        for (Object each : (given instanceof List<?> list) ? list : List.of(given)) {
            String address = read(each);
            if (!isAllowed(address)) {
                throw new IllegalArgumentException(
                        "This recipient is not allowed; allow it by adding it to the connector's recipients");
            }
            if (seen.add(address.toLowerCase(Locale.ROOT))) {
                recipients.add(address);
            }
        }
        return List.copyOf(recipients);
    }

    private boolean isAllowed(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return this.allowed.isEmpty()
                || this.allowed.stream()
                        .anyMatch(pattern -> pattern.matcher(lower).matches());
    }
}
