package cloud.enact.action;

/**
 * A pattern over action names in which {@code *} stands for any run of characters, as in {@code postgres.*}.
 *
 * @param text the pattern; never blank
 */
public record ActionPattern(String text) {

    public ActionPattern {
        if (text.isBlank()) {
            throw new IllegalArgumentException("An action pattern must not be blank");
        }
    }

    /** Whether the whole name matches; at most name length × pattern length steps. */
    public boolean matches(String action) {
        int p = 0;
        int a = 0;
        int star = -1;
        int mark = 0;
        while (a < action.length()) {
            // the star is asked first: a name may hold a literal star of its own
            if (p < this.text.length() && this.text.charAt(p) == '*') {
                star = p++;
                mark = a;
            } else if (p < this.text.length() && this.text.charAt(p) == action.charAt(a)) {
                p++;
                a++;
            } else if (star >= 0) {
                p = star + 1;
                a = ++mark;
            } else {
                return false;
            }
        }
        while (p < this.text.length() && this.text.charAt(p) == '*') {
            p++;
        }
        return p == this.text.length();
    }

    @Override
    public String toString() {
        return this.text;
    }
}
