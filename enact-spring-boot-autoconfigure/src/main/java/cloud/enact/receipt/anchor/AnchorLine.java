package cloud.enact.receipt.anchor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A signed note on one line, which may stand among other text: {@code enact-checkpoint} and the note in base64. */
public final class AnchorLine {

    private static final String MARK = "enact-checkpoint ";

    private AnchorLine() {}

    /** Puts a note on one line, without a line break. */
    public static String of(String note) {
        return MARK + Base64.getEncoder().encodeToString(note.getBytes(StandardCharsets.UTF_8));
    }

    /** Finds the note in a line; empty when there is none, or one that is damaged. */
    static Optional<String> find(String line) {
        int start = line.lastIndexOf(MARK);
        if (start < 0) {
            return Optional.empty();
        }
        start += MARK.length();
        int end = start;
        while (end < line.length() && isBase64(line.charAt(end))) {
            end++;
        }
        try {
            byte[] note = Base64.getDecoder().decode(line.substring(start, end));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException ex) {
            return Optional.empty();
        }
    }

    /** Whether a line was meant to hold a note. */
    static boolean isMeant(String line) {
        return line.contains(MARK);
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
