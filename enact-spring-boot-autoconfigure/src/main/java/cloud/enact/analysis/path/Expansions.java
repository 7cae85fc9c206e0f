package cloud.enact.analysis.path;

/** Variables and commands inside a text that a shell would replace. */
public final class Expansions {

    private Expansions() {}

    /**
     * Returns the text with every variable and every command in it replaced by one character. Takes time proportional
     * to the length.
     *
     * @param text a word as it was written
     * @param mark stands for what nobody knows
     */
    public static String masked(String text, char mark) {
        if (text.indexOf('$') < 0 && text.indexOf('`') < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            if (end > at) {
                masked.append(mark);
                at = end;
            } else {
                masked.append(text.charAt(at++));
            }
        }
        return masked.toString();
    }

    /** Index after what begins here, or the same index when nothing does. */
    private static int end(String text, int at) {
        char c = text.charAt(at);
        if (c == '`') {
            int close = text.indexOf('`', at + 1);
            return (close < 0) ? text.length() : close + 1;
        }
        if (c != '$' || at + 1 == text.length()) {
            return at;
        }
        char next = text.charAt(at + 1);
        if (next == '(' || next == '{') {
            return closing(text, at + 1, next, (next == '(') ? ')' : '}');
        }
        int end = at + 1;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (end == at + 1) {
            return ("@*#?!-".indexOf(next) >= 0) ? at + 2 : at;
        }
        return Character.isDigit(next) ? at + 2 : end;
    }

    private static int closing(String text, int from, char open, char close) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
