package cloud.enact.doubles.slack;

import java.util.regex.Pattern;

/** Text as Slack keeps it, which is not always what was sent. */
final class SlackText {

    private static final Pattern AMPERSAND = Pattern.compile("&(?!amp;|lt;|gt;)");

    private static final Pattern LINK = Pattern.compile("(?<![<|\\w])https?://[^\\s<>|]+");

    private SlackText() {}

    /** Bare ampersands are escaped, emoji named, bare links put in angle brackets; twice is as once. */
    static String stored(String text) {
        String escaped = AMPERSAND.matcher(text).replaceAll("&amp;").replace("\uD83C\uDF89", ":tada:");
        return LINK.matcher(escaped).replaceAll(link -> "<" + link.group() + ">");
    }
}
