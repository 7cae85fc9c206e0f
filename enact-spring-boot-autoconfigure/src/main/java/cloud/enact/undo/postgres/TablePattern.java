package cloud.enact.undo.postgres;

/**
 * A pattern for names of tables: {@code schema.table}, where {@code *} stands for any text in either part.
 *
 * @param schema pattern of the schema
 * @param table pattern of the table
 */
public record TablePattern(String schema, String table) {

    /**
     * Reads a pattern.
     *
     * @throws CaptureException when it is none
     */
    public static TablePattern of(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot == text.length() - 1) {
            throw new CaptureException(
                    "'" + text + "' names no table: write schema.table, or schema.* for all of them");
        }
        return new TablePattern(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Whether it names one table, which somebody then expects to be protected. */
    boolean isExact() {
        return this.schema.indexOf('*') < 0 && this.table.indexOf('*') < 0;
    }

    /** Whether it names the table. */
    public boolean matches(TableName name) {
        return matches(this.schema, name.schema()) && matches(this.table, name.table());
    }

    private static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int from = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        return text.length() - last.length() >= from && text.endsWith(last);
    }

    @Override
    public String toString() {
        return this.schema + "." + this.table;
    }
}
