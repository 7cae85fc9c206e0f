package cloud.enact.approval;

import cloud.enact.action.Printable;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who is who: one person may sign in under one name, get mail under another, and be a third in Slack. A plain name and
 * an address that begins with it are the same person in any case. Immutable.
 */
public final class ApprovalAliases {

    /** Makes the character before colourful, if anything. */
    private static final int EMOJI = 0xFE0F;

    /** All names of a person by each of them, as they are compared. */
    private final Map<String, Set<String>> names = new HashMap<>();

    /**
     * Makes the names known.
     *
     * @param aliases further names of people, by one of their names
     * @throws IllegalArgumentException when a name is that of two people
     */
    public ApprovalAliases(Map<String, Set<String>> aliases) {
        aliases.forEach((name, others) -> {
            Set<String> all = new LinkedHashSet<>();
            all.add(normal(name));
            others.forEach(other -> all.add(normal(other)));
            for (String each : all) {
                if (this.names.put(each, all) != null) {
                    throw new IllegalArgumentException("'" + each + "' is the name of two people");
                }
            }
        });
    }

    /** Nobody is known under several names. */
    public static ApprovalAliases none() {
        return new ApprovalAliases(Map.of());
    }

    /** Whether two names are those of one person. */
    boolean areSame(String one, String other) {
        Set<String> others = namesOf(other);
        return namesOf(one).stream().anyMatch(name -> others.stream().anyMatch(each -> isOneName(name, each)));
    }

    private Set<String> namesOf(String name) {
        String known = normal(name);
        return this.names.getOrDefault(known, Set.of(known));
    }

    private static boolean isOneName(String one, String other) {
        return one.equals(other) || isMailOf(one, other) || isMailOf(other, one);
    }

    private static boolean isMailOf(String name, String address) {
        return name.indexOf('@') < 0 && address.startsWith(name + "@");
    }

    /** Mail systems, directories and readers don't tell these apart. */
    private static String normal(String name) {
        String seen = composed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return composed(seen).strip();
    }

    /** Without what nobody sees: with one more of that a name is still the same, and its letters stand together. */
    private static String composed(String name) {
        StringBuilder seen = new StringBuilder();
        name.codePoints().filter(c -> c != EMOJI && !Printable.isHidden(c)).forEach(seen::appendCodePoint);
        return Normalizer.normalize(seen, Normalizer.Form.NFKC);
    }
}
