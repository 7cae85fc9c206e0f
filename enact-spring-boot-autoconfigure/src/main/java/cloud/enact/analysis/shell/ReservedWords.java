package cloud.enact.analysis.shell;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words that have a meaning of their own where a command is expected. */
final class ReservedWords {

    private static final Set<String> ALL = Set.of(
            "if",
            "then",
            "elif",
            "else",
            "fi",
            "do",
            "done",
            "case",
            "esac",
            "while",
            "until",
            "for",
            "select",
            "function",
            "{",
            "}",
            "!",
            "[[",
            "time",
            "coproc",
            "in",
            "]]");

    private static final int LONGEST = 8;

    private ReservedWords() {}

    static boolean contains(String word) {
        return ALL.contains(word);
    }

    /** The one that stands at this place, or {@code null}. */
    static @Nullable String at(Source source) {
        char first = source.peek();
        if ((first < 'a' || first > 'w') && "{}![]".indexOf(first) < 0) {
            return null;
        }
        int length = 1;
        while (length <= LONGEST && !isEnd(source, length)) {
            length++;
        }
        if (length > LONGEST) {
            return null;
        }
        String word = source.ahead(length);
        return ALL.contains(word) ? word : null;
    }

    private static boolean isEnd(Source source, int ahead) {
        char c = source.peek(ahead);
        boolean process = (c == '<' || c == '>') && source.peek(ahead + 1) == '(';
        boolean continued = c == '\\' && source.peek(ahead + 1) == '\n';
        if (continued) {
            char next = source.peek(ahead + 2);
            return next == Source.END || Source.isMeta(next);
        }
        return c == Source.END || Source.isMeta(c) && !process;
    }
}
