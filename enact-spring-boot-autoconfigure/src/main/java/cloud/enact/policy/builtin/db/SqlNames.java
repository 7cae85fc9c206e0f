package cloud.enact.policy.builtin.db;

import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names in a text of SQL, outside its strings and comments. It does not parse: where databases disagree on where a
 * string or a comment ends, or where text is executed that is not there to be read, it says that it can't tell.
 */
final class SqlNames {

    private static final int LONGEST_FOLDED = 256;

    private final List<Name> names;

    private final List<String> firstWords;

    private final @Nullable String problem;

    SqlNames(List<Name> names, List<String> firstWords, @Nullable String problem) {
        this.names = List.copyOf(names);
        this.firstWords = List.copyOf(firstWords);
        this.problem = problem;
    }

    static SqlNames of(String text) {
        return new SqlNameScanner(text).scan();
    }

    /** Why the text can't be understood, as the end of a sentence, or {@code null}. */
    @Nullable
    String problem() {
        return this.problem;
    }

    /** Whether one of its statements begins as these do, or the first can't be read so far. */
    boolean beginsWith(Set<String> statements) {
        return this.names.isEmpty()
                ? this.problem != null
                : statements.contains(this.names.get(0).text()) || !Collections.disjoint(statements, this.firstWords);
    }

    /**
     * Whether a table is named, in any schema unless the name wanted has one.
     *
     * @param wanted parts of the name, in small letters, the table last
     */
    boolean mention(List<String> wanted) {
        String table = wanted.get(wanted.size() - 1);
        for (int i = 0; i < this.names.size(); i++) {
            if (this.names.get(i).text().equals(table) && isQualifiedLike(i, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Without a schema in the text, the search path decides: it may be the one. */
    private boolean isQualifiedLike(int table, List<String> wanted) {
        int name = table;
        for (int part = wanted.size() - 2; part >= 0; part--) {
            if (!this.names.get(name).qualified()) {
                return true;
            }
            name--;
            if (!this.names.get(name).text().equals(wanted.get(part))) {
                return false;
            }
        }
        return true;
    }

    static String folded(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (isAscii(folded)) {
            return folded;
        }
        StringBuilder visible = new StringBuilder();
        String limited = folded.substring(0, Math.min(folded.length(), LONGEST_FOLDED));
        Normalizer.normalize(limited, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(visible::appendCodePoint);
        return visible.toString().toLowerCase(Locale.ROOT).strip();
    }

    /** A loop, because this is asked for every word of every statement. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /**
     * One name.
     *
     * @param text in small letters, without quotes
     * @param qualified whether the name before, and a dot, belong to it
     */
    record Name(String text, boolean qualified) {}
}
