package cloud.enact.policy;

import java.text.Normalizer;

/** The form of a name in which policies compare it. */
public final class NormalizedText {

    /** As many marks on one letter as UAX 15 calls safe; putting more in order takes quadratic time. */
    private static final int MOST_MARKS = 30;

    private static final int LONGEST_NAME = 64;

    private NormalizedText() {}

    /**
     * Returns the text in Unicode NFKC (UAX 15), without control, format and other invisible characters, trimmed. Plain
     * ASCII comes back as it is.
     */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        String composed = Normalizer.normalize(withFewMarks(text), Normalizer.Form.NFKC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
        return visible.toString().strip();
    }

    /**
     * Returns small letters and digits alone: {@code filePath}, {@code file_path} and {@code File-Path} are one name. Of
     * a long text only the beginning counts.
     */
    public static String compact(String name) {
        int length = Math.min(name.length(), LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c < 'a' || c > 'z') {
                return compactFrom(name, length);
            }
        }
        return (length == name.length()) ? name : name.substring(0, length);
    }

    private static String compactFrom(String name, int length) {
        String text = of(name.substring(0, length));
        StringBuilder compact = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                compact.append(Character.toLowerCase(c));
            }
        }
        return compact.toString();
    }

    /** Marks beyond what any language puts on a letter are left out. */
    private static String withFewMarks(String text) {
        StringBuilder kept = null;
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks > MOST_MARKS && kept == null) {
                kept = new StringBuilder(text.length()).append(text, 0, i);
            } else if (marks <= MOST_MARKS && kept != null) {
                kept.appendCodePoint(c);
            }
            i += length;
        }
        return (kept != null) ? kept.toString() : text;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 127) {
                return false;
            }
        }
        return text.charAt(0) != ' ' && text.charAt(length - 1) != ' ';
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            // white space separates words even where it is a control character
            case Character.CONTROL -> !Character.isWhitespace(c);
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default ->
                c == 0x034F
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c >= 0xFE00 && c <= 0xFE0F
                        || c >= 0xE0100 && c <= 0xE01EF;
        };
    }
}
