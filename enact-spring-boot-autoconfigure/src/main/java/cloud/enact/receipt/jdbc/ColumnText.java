package cloud.enact.receipt.jdbc;

import cloud.enact.action.Sha256;
import cloud.enact.action.ShortText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text as a column keeps it. Names come from models and from identity providers, and no name may keep a receipt from
 * being stored: an index takes no long texts, and the server no NUL.
 */
final class ColumnText {

    private static final int MAX = 500;

    private static final int KEPT = 400;

    private ColumnText() {}

    /** The same column for the same text; another one for another text, but for NUL. */
    static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String sound = new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        if (sound.length() <= MAX) {
            return sound;
        }
        return sound.substring(0, ShortText.end(sound, KEPT)) + " sha256:" + Sha256.hex(bytes);
    }
}
