package cloud.enact.connector.github;

import java.nio.charset.StandardCharsets;

/**
 * Name of a branch, as git allows one.
 *
 * @param text the name without {@code refs/heads/}
 */
record BranchName(String text) {

    private static final String HEADS = "refs/heads/";

    private static final int MOST_BYTES = 244;

    BranchName {
        if (!isBranch(text)) {
            throw new IllegalArgumentException("That is not a name git allows for a branch");
        }
    }

    private static boolean isBranch(String text) {
        if (text.isEmpty()
                || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                || text.equals("@")
                || text.startsWith("-")
                || text.startsWith("refs/")
                || text.endsWith(".")
                || text.contains("..")
                || text.contains("@{")
                || text.codePoints().anyMatch(BranchName::isForbidden)) {
            return false;
        }
        for (String part : text.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR -> true;
            default -> "~^:?*[\\".indexOf(c) >= 0;
        };
    }

    /** The full name of the reference. */
    String ref() {
        return HEADS + this.text;
    }

    @Override
    public String toString() {
        return this.text;
    }
}
