package cloud.enact.connector.github;

import cloud.enact.action.Sha256;
import java.util.UUID;

/**
 * What a text is found by again: a comment in it that its readers don't see.
 *
 * @param content digest of what was written, the same for the same content
 * @param id belongs to one step only
 */
record Marker(String content, String id) {

    private static final String BEGIN = "<!-- enact:";

    private static final String END = " -->";

    /** A new marker for content. */
    static Marker of(String content) {
        return new Marker(digest(content).substring(0, 16), UUID.randomUUID().toString());
    }

    /** Digest of a text, however its lines end. */
    static String digest(String text) {
        return Sha256.hex(text.replace("\r\n", "\n"));
    }

    /** The text with the marker at its end. */
    String in(String text) {
        return text + "\n\n" + BEGIN + this.content + ":" + this.id + END;
    }

    /** Whether a text was written by the step with that id. */
    static boolean isOf(String id, String text) {
        return text.stripTrailing().endsWith(":" + id + END);
    }

    /** Whether a text holds the same content, whoever wrote it with a marker. */
    boolean isSame(String text) {
        String end = text.stripTrailing();
        int at = end.lastIndexOf(BEGIN + this.content + ":");
        return at >= 0 && end.indexOf(END, at) == end.length() - END.length();
    }
}
