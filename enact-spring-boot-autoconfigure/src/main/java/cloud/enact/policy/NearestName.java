package cloud.enact.policy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. Immutable and thread-safe. */
public final class NearestName {

    private static final int LONGEST = 128;

    private static final int LISTED = 12;

    private final List<String> names;

    public NearestName(Collection<String> names) {
        this.names = names.stream().distinct().sorted().toList();
    }

    /** Returns a sentence: the nearest name, or the names there are. */
    public String hint(String wrong) {
        String nearest = find(wrong);
        if (nearest != null) {
            return "Did you mean '" + nearest + "'?";
        }
        String listed = String.join(", ", this.names.subList(0, Math.min(LISTED, this.names.size())));
        return "Known: " + listed + ((this.names.size() > LISTED) ? ", …" : "") + ".";
    }

    /** Returns the nearest name, with or without its category, or {@code null} when none is near. */
    public @Nullable String find(String wrong) {
        if (wrong.length() > LONGEST) {
            return null;
        }
        String wanted = fold(wrong);
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : this.names) {
            String candidate = fold(name);
            int dot = candidate.indexOf('.');
            int distance = distance(wanted, candidate);
            if (dot > 0 && wanted.indexOf('.') < 0) {
                distance = Math.min(distance, distance(wanted, candidate.substring(dot + 1)));
            }
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return (least <= Math.max(2, wanted.length() / 4)) ? best : null;
    }

    private static String fold(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions,
     * substitutions, and swaps of neighbours.
     */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = (a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1;
                int least = Math.min(Math.min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                current[j] = least;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }
        return last[b.length()];
    }
}
