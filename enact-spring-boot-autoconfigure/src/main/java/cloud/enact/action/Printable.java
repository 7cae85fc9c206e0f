package cloud.enact.action;

/**
 * Text for people, models and terminals with names in it that others chose: control and format characters, such as
 * escape sequences, line breaks and changes of writing direction, are written as their code, and so are letters and
 * marks that are seen as nothing, in which a whole text can hide.
 */
public final class Printable {

    private Printable() {}

    /** A text with all that hides in it. */
    public static String of(String text) {
        return shown(text, false);
    }

    /** A text whose lines stay lines. */
    public static String lines(String text) {
        return shown(text, true);
    }

    /** A text whose lines stay lines, of so many characters at most, and how many more there are. */
    public static String lines(String text, int longest) {
        if (text.length() <= longest) {
            return lines(text);
        }
        int end = ShortText.end(text, longest);
        return lines(text.substring(0, end)) + "… (" + (text.length() - end) + " more characters)";
    }

    /** A text on one line, of so many characters at most, and how many more there are. */
    public static String line(String text, int longest) {
        return lines(text, longest).replace('\n', ' ').replace('\t', ' ').strip();
    }

    private static String shown(String text, boolean lines) {
        if (text.codePoints().noneMatch(Printable::isHidden)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean ends = c == '\n' || c == '\t' || c == '\r' && text.startsWith("\n", i + 1);
            if (lines && ends) {
                // what ends a line on some systems ends it here in one character
                printable.append((c == '\r') ? "" : Character.toString(c));
            } else if (isHidden(c)) {
                printable.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                printable.appendCodePoint(c);
            }
        }
        return printable.toString();
    }

    /** Whether nobody sees that a character is there, or what it does. */
    public static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> isBlank(c) || isVariation(c);
        };
    }

    /** Letters, marks and symbols without a picture. */
    private static boolean isBlank(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    /** Marks that choose a form of the character before; but for the one that makes it colourful. */
    private static boolean isVariation(int c) {
        return c >= 0xFE00 && c < 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F;
    }
}
