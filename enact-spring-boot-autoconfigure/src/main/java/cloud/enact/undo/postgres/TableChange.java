package cloud.enact.undo.postgres;

import java.util.Locale;

/**
 * What a transaction did to one table.
 *
 * @param table the table
 * @param kind what was done
 * @param rows how many captured rows it was done to; 0 for what was not captured
 */
public record TableChange(TableName table, Kind kind, long rows) {

    /** What can be done to a table. */
    public enum Kind {
        /** Rows were added. */
        INSERTED,
        /** Rows were changed. */
        UPDATED,
        /** Rows were removed one by one. */
        DELETED,
        /** All rows were removed at once. */
        TRUNCATED,
        /** The table is not protected, and this transaction took a lock on it as one who writes does; or it is no table, and was defined. */
        UNPROTECTED;

        /** The word receipts have for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return switch (code) {
                case "I" -> INSERTED;
                case "U" -> UPDATED;
                case "D" -> DELETED;
                case "T" -> TRUNCATED;
                case "W" -> UNPROTECTED;
                default -> throw new IllegalArgumentException("Unknown operation " + code);
            };
        }
    }
}
