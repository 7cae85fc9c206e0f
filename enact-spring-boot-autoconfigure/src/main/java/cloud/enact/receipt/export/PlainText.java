package cloud.enact.receipt.export;

/** Text that others chose, for places where it must not steer what shows it. */
final class PlainText {

    private PlainText() {}

    /** Whether a character can't be seen: control and format characters, line breaks, changes of writing direction. */
    static boolean isHidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /** The text with a mark in the place of each such character. */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(isHidden(c) ? '\uFFFD' : c));
        return plain.toString();
    }
}
