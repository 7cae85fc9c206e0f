package cloud.enact.analysis.credential;

/** Tells a secret from a placeholder, a reference or a word, for values beside names that promise a secret. */
final class SecretValues {

    private static final int SHORTEST_PASSWORD = 6;

    private static final int SHORTEST_TOKEN = 12;

    private static final int LONGEST_PLACEHOLDER = 64;

    private static final String STRONG_SYMBOLS = "!@#$%^&*~+?=";

    private static final String[] PLACEHOLDER_STARTS = {
        "your",
        "my-",
        "my_",
        "example",
        "placeholder",
        "dummy",
        "redacted",
        "changeme",
        "change-me",
        "change_me",
        "replace",
        "insert",
        "enter",
        "todo",
        "process.env",
        "os.environ",
        "os.getenv",
        "env.",
        "config.",
        "settings.",
        "self.",
        "this.",
        "request.",
        "req.",
        "args.",
        "options.",
        "opts.",
        "secrets.",
        "vars.",
        "var.",
        "data.",
        "local.",
        "module.",
        "props.",
        "params.",
        "system.getenv"
    };

    private static final String[] PLACEHOLDER_WORDS = {
        "password", "passwd", "pass", "pwd", "secret", "token", "null", "none", "true", "false", "string", "test"
    };

    private SecretValues() {}

    static boolean isPassword(String text, int start, int end, boolean inConnection) {
        if (end - start < SHORTEST_PASSWORD || isPlaceholder(text, start, end) || isPath(text, start, end)) {
            return false;
        }
        if (inConnection) {
            return true;
        }
        for (int i = start; i < Math.min(end, start + LONGEST_PLACEHOLDER); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || STRONG_SYMBOLS.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a value at all, and not where to find one. */
    static boolean isGiven(String text, int start, int end) {
        return !isPlaceholder(text, start, end) && !isPath(text, start, end);
    }

    static boolean isToken(String text, int start, int end) {
        return end - start >= SHORTEST_TOKEN
                && !isPlaceholder(text, start, end)
                && !isPath(text, start, end)
                && Randomness.of(text, start, end).looksRandom();
    }

    /** What follows {@code Basic} or {@code Bearer} in a header is short sometimes, but never a plain word. */
    static boolean isShortToken(String text, int start, int end) {
        return isPassword(text, start, end, false)
                || end - start >= 8
                        && !isPlaceholder(text, start, end)
                        && Randomness.of(text, start, end).changes() >= 3;
    }

    static boolean isPlaceholder(String text, int start, int end) {
        char first = text.charAt(start);
        if (first == '<' || first == '{' || first == '[' || first == '%' && end - start <= 3) {
            return true;
        }
        if (first == '$') {
            return isReference(text, start, end);
        }
        if (isOneCharacter(text, start, end)) {
            return true;
        }
        for (String word : PLACEHOLDER_WORDS) {
            if (end - start == word.length() && text.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        for (String prefix : PLACEHOLDER_STARTS) {
            if (end - start >= prefix.length() && text.regionMatches(true, start, prefix, 0, prefix.length())) {
                return end - start <= LONGEST_PLACEHOLDER;
            }
        }
        return false;
    }

    /** {@code ${name}}, {@code $(command)} and {@code $name}. */
    private static boolean isReference(String text, int start, int end) {
        char second = (start + 1 < end) ? text.charAt(start + 1) : ' ';
        if (second == '{' || second == '(') {
            return true;
        }
        return Alphabet.WORD.end(text, start + 1, end) == end;
    }

    private static boolean isOneCharacter(String text, int start, int end) {
        char first = text.charAt(start);
        for (int i = start + 1; i < Math.min(end, start + LONGEST_PLACEHOLDER); i++) {
            if (text.charAt(i) != first) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPath(String text, int start, int end) {
        boolean rooted = text.charAt(start) == '/' || text.startsWith("./", start) || text.startsWith("~/", start);
        if (!rooted) {
            return false;
        }
        for (int i = start + 1; i < Math.min(end, start + LONGEST_PLACEHOLDER); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '_' || c == '-') {
                return true;
            }
        }
        return end - start < 20;
    }
}
