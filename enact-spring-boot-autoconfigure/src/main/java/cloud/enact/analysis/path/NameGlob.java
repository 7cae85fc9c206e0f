package cloud.enact.analysis.path;

/** What the name of a file could be when a shell or a tool reads it as a pattern. */
public final class NameGlob {

    private NameGlob() {}

    /** Whether the name has marks of a pattern. */
    public static boolean isIn(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == '{') {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the pattern matches a name that ends so. Brackets stand for any character and braces for any text, which
     * is more than they match. Takes time proportional to both lengths.
     *
     * @param pattern in small letters
     * @param ending in small letters, not empty
     */
    public static boolean mayEnd(String pattern, String ending) {
        return matches(pattern, ending, true);
    }

    /**
     * Whether the pattern matches exactly this name, and says something of its own: {@code *} could be anything.
     *
     * @param pattern in small letters, or a plain name
     * @param name in small letters, not empty
     */
    public static boolean mayBe(String pattern, String name) {
        return pattern.equals(name) || isIn(pattern) && saysSomething(pattern) && matches(pattern, name, false);
    }

    private static boolean saysSomething(String pattern) {
        return pattern.chars().anyMatch(c -> Character.isLetterOrDigit(c)) || pattern.startsWith(".");
    }

    private static boolean matches(String pattern, String ending, boolean anythingBefore) {
        // open[j]: what was read of the pattern, from behind, can leave the first j characters of the ending
        boolean[] open = new boolean[ending.length() + 1];
        open[ending.length()] = true;
        int at = pattern.length() - 1;
        int firstBracket = pattern.indexOf('[');
        int firstBrace = pattern.indexOf('{');
        while (at >= 0 && !(anythingBefore && open[0])) {
            char c = pattern.charAt(at);
            boolean bracket = c == ']' && firstBracket >= 0 && firstBracket < at;
            boolean brace = c == '}' && firstBrace >= 0 && firstBrace < at;
            if (c == '*' || brace) {
                openAllBefore(open);
            } else {
                for (int j = 0; j < open.length; j++) {
                    boolean more = j + 1 < open.length && open[j + 1];
                    open[j] = more && (c == '?' || bracket || ending.charAt(j) == c);
                }
            }
            at = (bracket ? pattern.lastIndexOf('[', at) : brace ? pattern.lastIndexOf('{', at) : at) - 1;
        }
        return open[0];
    }

    private static void openAllBefore(boolean[] open) {
        boolean found = false;
        for (int j = open.length - 1; j >= 0; j--) {
            found |= open[j];
            open[j] = found;
        }
    }
}
