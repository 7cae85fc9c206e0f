package cloud.enact.connector.github;

import java.util.regex.Pattern;

/** Messages of commits, with a trailer by which they are found again. */
final class CommitMessage {

    private static final Pattern TRAILERS = Pattern.compile("(?:[A-Za-z0-9-]+: .+\\n?)+");

    private static final int TITLE = 100;

    private CommitMessage() {}

    /** A message with a trailer that names the step. */
    static String step(String message, String marker) {
        String text = message.strip();
        int last = text.lastIndexOf("\n\n");
        boolean trailers =
                last >= 0 && TRAILERS.matcher(text.substring(last + 2)).matches();
        return text + (trailers ? "\n" : "\n\n") + trailer(marker);
    }

    /** The line that names a step. */
    static String trailer(String marker) {
        return "Enact-Step: " + marker;
    }

    /**
     * The message of a commit that takes a change back.
     *
     * @param title of the change; somebody else chose it
     * @param what the change, in words
     * @param digest of the step that is undone
     */
    static String revert(String title, String what, String digest) {
        return "Revert \"" + title(title) + "\"\n\nThis takes back " + what + ".\nLater commits stay.\n\n"
                + undoTrailer(digest);
    }

    /** The line that names a step that is undone. */
    static String undoTrailer(String digest) {
        return "Enact-Undo: " + digest;
    }

    static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** The first line of a text, short, and nothing in it that is not seen. */
    static String title(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        StringBuilder title = new StringBuilder();
        line.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(TITLE)
                .forEach(title::appendCodePoint);
        return title.toString().strip();
    }
}
