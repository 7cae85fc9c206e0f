package cloud.enact.rollback;

import org.jspecify.annotations.Nullable;

/** Positions of the undo log, as receipts carry them: large integers travel as text. */
final class Positions {

    private Positions() {}

    /** Returns the position, or {@code null} for anything else. */
    static @Nullable Long read(@Nullable Object value) {
        if (value instanceof Long position) {
            return position;
        }
        if (value instanceof String text && text.length() <= 19) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException ex) {
                return null;
            }
        }
        return null;
    }
}
