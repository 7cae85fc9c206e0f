package cloud.enact.policy;

import java.text.Normalizer;

/** The form of a name in which policies compare it. */
public final class NormalizedText {

    private NormalizedText() {}

    /**
     * Returns the text in Unicode NFKC (UAX 15), without control, format and other invisible characters, trimmed. Plain
     * ASCII comes back as it is.
     */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
        return visible.toString().strip();
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
