package cloud.enact.action;

/** Texts that others chose, no longer than their place has room for, and never with half of a character in them. */
public final class ShortText {

    private ShortText() {}

    /** A text of so many characters at most; in place of what is more there is one further character that says so. */
    public static String of(String text, int longest) {
        return (text.length() <= longest) ? text : text.substring(0, end(text, longest)) + "…";
    }

    /** Where a text that is longer than so many characters, one at least, ends at the latest. */
    public static int end(String text, int longest) {
        return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }
}
