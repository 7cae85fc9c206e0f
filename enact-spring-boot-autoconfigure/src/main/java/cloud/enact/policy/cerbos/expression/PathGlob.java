package cloud.enact.policy.cerbos.expression;

/**
 * Patterns of file names: {@code *} and {@code ?} stand for anything but a slash, {@code [a-z]} for one of a class.
 * Matching takes time in proportion to pattern and path.
 */
final class PathGlob {

    private final String pattern;

    private int at;

    PathGlob(String pattern) {
        this.pattern = pattern;
    }

    /** Whether the whole path matches. */
    boolean matches(String path) {
        boolean[] reached = new boolean[path.length() + 1];
        reached[0] = true;
        this.at = 0;
        while (this.at < this.pattern.length()) {
            int start = this.at;
            char c = this.pattern.charAt(this.at++);
            boolean[] after = new boolean[reached.length];
            int end = (c == '[') ? classEnd(start) : this.at;
            for (int i = 0; i < reached.length; i++) {
                char next = (i < path.length()) ? path.charAt(i) : '/';
                if (c == '*') {
                    after[i] |= reached[i];
                    if (after[i] && next != '/') {
                        after[i + 1] = true;
                    }
                } else if (reached[i] && i < path.length() && takes(start, end, next)) {
                    after[i + 1] = true;
                }
            }
            this.at = (c == '\\') ? Math.min(this.pattern.length(), start + 2) : end;
            reached = after;
        }
        return reached[path.length()];
    }

    private boolean takes(int start, int end, char c) {
        return switch (this.pattern.charAt(start)) {
            case '?' -> c != '/';
            case '[' -> inClass(start + 1, end - 1, c);
            case '\\' -> start + 1 < this.pattern.length() && this.pattern.charAt(start + 1) == c;
            default -> this.pattern.charAt(start) == c;
        };
    }

    private int classEnd(int start) {
        int end = this.pattern.indexOf(']', start + 2);
        if (end < 0) {
            throw new IllegalArgumentException("The pattern has a class without end");
        }
        return end + 1;
    }

    private boolean inClass(int from, int to, char c) {
        boolean negated = this.pattern.charAt(from) == '^';
        boolean in = false;
        for (int i = from + (negated ? 1 : 0); i < to; i++) {
            boolean range = i + 2 < to && this.pattern.charAt(i + 1) == '-';
            char low = this.pattern.charAt(i);
            char high = range ? this.pattern.charAt(i + 2) : low;
            in |= c >= low && c <= high;
            i += range ? 2 : 0;
        }
        return in != negated && c != '/';
    }
}
