package cloud.enact.undo.postgres;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that stands in the way. Values are text, cut to a length, and masked.
 *
 * @param table the table
 * @param handle what a {@link Resolutions} calls the row; tells no value
 * @param kind what happened
 * @param key the values of the key, or of no column when the table has none
 * @param expected the columns in question as they should be found, {@code null} when no row should be there
 * @param found the same columns as they are, {@code null} when no row is there
 * @param detail the constraint, or a number of rows, or nothing
 */
public record RowConflict(
        TableName table,
        String handle,
        Kind kind,
        Map<String, @Nullable String> key,
        @Nullable Map<String, @Nullable String> expected,
        @Nullable Map<String, @Nullable String> found,
        @Nullable String detail) {

    /** What can stand in the way. */
    public enum Kind {
        /** Somebody changed the row since. */
        CHANGED('C'),
        /** Somebody removed the row since. */
        MISSING('M'),
        /** Somebody added a row with this key since. */
        PRESENT('P'),
        /** Somebody changed the row between two transactions of the run. */
        BETWEEN('B'),
        /** Somebody refers to a row that would be removed; can be skipped, not forced. */
        REFERENCED('R'),
        /** A row this one refers to is gone; can be skipped, not forced. */
        ORPHANED('N'),
        /** A constraint of the database refused the old state. */
        CONSTRAINT('K'),
        /** The row was restored and is not what it was: a trigger of the application changed it. */
        DIFFERS('D');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        static Kind of(String code) {
            for (Kind kind : values()) {
                if (code.length() == 1 && kind.code == code.charAt(0)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("Unknown conflict " + code);
        }
    }
}
