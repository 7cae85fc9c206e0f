package cloud.enact.policy.builtin.url;

/**
 * A word of a command line in which a plain word stands for each part that is known only at run time.
 *
 * @param text the word
 * @param firstVariable where the first such part stands in it, or -1
 * @param firstSubstitution where the first output of a command stands in it, or -1
 */
record VariableText(String text, int firstVariable, int firstSubstitution) {

    private static final String PLACEHOLDER = "variable";

    static VariableText of(String word) {
        StringBuilder text = new StringBuilder(word.length());
        int firstVariable = -1;
        int firstSubstitution = -1;
        int i = 0;
        while (i < word.length()) {
            char c = word.charAt(i);
            int end = end(word, i);
            if (end == i) {
                text.append(c);
                i++;
                continue;
            }
            firstVariable = (firstVariable < 0) ? text.length() : firstVariable;
            if (firstSubstitution < 0 && (c == '`' || word.startsWith("$(", i))) {
                firstSubstitution = text.length();
            }
            text.append(PLACEHOLDER);
            i = end;
        }
        return new VariableText(text.toString(), firstVariable, firstSubstitution);
    }

    /** Where the part that begins here ends; here itself when none begins. */
    private static int end(String word, int start) {
        char c = word.charAt(start);
        if (c == '`') {
            return after(word.indexOf('`', start + 1), word);
        }
        if (c != '$' || start + 1 == word.length()) {
            return start;
        }
        char next = word.charAt(start + 1);
        if (next == '{') {
            return after(word.indexOf('}', start + 2), word);
        }
        if (next == '(') {
            int depth = 0;
            for (int i = start + 1; i < word.length(); i++) {
                depth += (word.charAt(i) == '(') ? 1 : (word.charAt(i) == ')') ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return word.length();
        }
        int end = start + 1;
        while (end < word.length() && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '_')) {
            end++;
        }
        return (end > start + 1) ? end : start;
    }

    private static int after(int index, String word) {
        return (index < 0) ? word.length() : index + 1;
    }
}
