package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** A few texts of ASCII characters, found by their bytes. Immutable. */
final class KnownTexts {

    private final @Nullable String[] table;

    private final int mask;

    KnownTexts(String... texts) {
        int size = Integer.highestOneBit(texts.length) * 8;
        this.table = new @Nullable String[size];
        this.mask = size - 1;
        for (String text : texts) {
            int slot = slot(text.length(), text.charAt(0), text.charAt(text.length() - 1));
            while (this.table[slot] != null) {
                slot = (slot + 1) & this.mask;
            }
            this.table[slot] = text;
        }
    }

    private int slot(int length, int first, int last) {
        return (length * 31 + first * 7 + last) & this.mask;
    }

    /** The text between two places, or {@code null} when it is none of these. */
    @Nullable
    String find(byte[] bytes, int start, int end) {
        if (start == end) {
            return null;
        }
        int slot = slot(end - start, bytes[start], bytes[end - 1]);
        for (String text = this.table[slot]; text != null; text = this.table[slot]) {
            if (isAt(bytes, start, end, text)) {
                return text;
            }
            slot = (slot + 1) & this.mask;
        }
        return null;
    }

    private static boolean isAt(byte[] bytes, int start, int end, String text) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
