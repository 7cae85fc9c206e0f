package cloud.enact.api;

import cloud.enact.action.Arguments;
import cloud.enact.action.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Reads what was sent: JSON in UTF-8, bounded before it is looked at. Thread-safe. */
final class Body {

    /** Room for a text of a million characters, however it is escaped. */
    private static final int LONGEST = 6 * 1024 * 1024;

    /** What arguments may nest, and what they stand in. */
    private static final int DEEPEST = Arguments.MAX_DEPTH + 8;

    private final StrictJson json = new StrictJson(LONGEST, DEEPEST);

    byte[] read(HttpServletRequest request) throws IOException {
        requireJson(request);
        byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw ApiException.malformed("The body has more than " + LONGEST + " bytes.", "Send less.");
        }
        return bytes;
    }

    @Nullable
    Object parse(byte[] bytes) {
        try {
            return this.json.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException ex) {
            throw ApiException.malformed("The body is not text in UTF-8.", "Send JSON in UTF-8.");
        } catch (IllegalArgumentException ex) {
            throw ApiException.malformed("The contents of the body " + ex.getMessage(), "Send one JSON object.");
        }
    }

    /** What can't be read by others, half of a character, is left out. */
    byte[] write(Map<String, @Nullable Object> answer) {
        return this.json.write(answer).getBytes(StandardCharsets.UTF_8);
    }

    /** Browsers send this type to other sites only after they asked whether they may. */
    private static void requireJson(HttpServletRequest request) {
        try {
            String type = request.getContentType();
            if (type != null && request.getHeader("Content-Encoding") == null) {
                MediaType media = MediaType.parseMediaType(type);
                if (media.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                        && (media.getCharset() == null || media.getCharset().equals(StandardCharsets.UTF_8))) {
                    return;
                }
            }
        } catch (IllegalArgumentException ex) {
            // told below
        }
        throw ApiException.refused(
                415, "Unsupported media type", "Send JSON in UTF-8 with the header Content-Type: application/json.");
    }
}
