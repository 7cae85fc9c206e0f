package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with signatures beneath, as other tools read and write it (C2SP signed-note). Nothing here was checked: see
 * {@link CheckpointKeys}. Immutable.
 *
 * @param text what is signed, up to its last line feed
 * @param signatures signatures of keys known and unknown, 1 to 100
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** Characters of a note at most. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_SIGNATURES = 100;

    private static final String LINE = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || !isPlain(text)) {
            throw malformed("its text does not end with a line feed, or has control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw malformed("it has not 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /**
     * Reads a note.
     *
     * @throws ReceiptFormatException when the text is not exactly one; it is not echoed
     */
    public static SignedNote parse(String note) {
        if (note.length() > MAX_LENGTH) {
            throw malformed("it is longer than " + MAX_LENGTH + " characters");
        }
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw malformed("it is not a text, an empty line and lines of signatures");
        }
        String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", -1);
        if (lines.length > MAX_SIGNATURES) {
            throw malformed("it has more than " + MAX_SIGNATURES + " signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>(lines.length);
        for (String line : lines) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    private static NoteSignature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(LINE) || space < LINE.length()) {
            throw malformed("a line of a signature is not a dash, a name and Base64");
        }
        byte[] bytes = base64(line.substring(space + 1));
        if (bytes == null || bytes.length <= NoteSignature.ID) {
            throw malformed("a signature is not Base64 of more than four bytes");
        }
        return NoteSignature.of(line.substring(LINE.length(), space), bytes);
    }

    /** Bytes of exactly one Base64 text, or {@code null}: other spellings of the same bytes are none. */
    static byte @Nullable [] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException ex) {
            // what is no Base64 is told apart by its caller, who knows what should have stood there
            return null;
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The note as it is written. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(this.text).append('\n');
        for (NoteSignature signature : this.signatures) {
            note.append(LINE)
                    .append(signature.name())
                    .append(' ')
                    .append(signature.base64())
                    .append('\n');
        }
        return note.toString();
    }

    private static ReceiptFormatException malformed(String what) {
        return new ReceiptFormatException("Not a signed note: " + what, null);
    }
}
