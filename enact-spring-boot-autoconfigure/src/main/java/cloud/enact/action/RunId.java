package cloud.enact.action;

import java.util.UUID;

/**
 * The id of a run: a version 7 UUID in its canonical 36-character lower-case form.
 *
 * @param value the id; always version 7
 */
public record RunId(UUID value) implements Comparable<RunId> {

    public RunId {
        if (value.version() != 7 || value.variant() != 2) {
            throw new IllegalArgumentException("A run id must be a version 7 UUID");
        }
    }

    /**
     * Reads a run id from hostile text.
     *
     * @param text what a caller sent; never echoed in the exception
     * @throws IllegalArgumentException when the text is not a canonical version 7 UUID
     */
    public static RunId parse(String text) {
        if (text.length() == 36 && isShaped(text)) {
            long high = hex(text, 0, 8) << 32 | hex(text, 9, 13) << 16 | hex(text, 14, 18);
            long low = hex(text, 19, 23) << 48 | hex(text, 24, 36);
            UUID uuid = new UUID(high, low);
            if (uuid.version() == 7 && uuid.variant() == 2) {
                return new RunId(uuid);
            }
        }
        throw new IllegalArgumentException(
                "Not a run id: expected a version 7 UUID such as 01890a5d-ac96-774b-bcce-b302099a8057");
    }

    /** Lower-case hexadecimal digits and four dashes; {@link UUID#fromString} takes much more, and takes longer. */
    private static boolean isShaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static long hex(String text, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return value;
    }

    @Override
    public int compareTo(RunId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return this.value.toString();
    }
}
