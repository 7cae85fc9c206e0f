package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.TableName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reports call a table or a row, and requests to skip or force it: {@code schema.table} or {@code
 * schema.table#handle}, with names as PostgreSQL keeps them. A name of other than letters, digits, underscores and
 * dollar signs is in double quotes.
 *
 * @param table the table
 * @param handle which of its rows, or {@code null} for all of them
 */
record RowName(TableName table, @Nullable String handle) {

    /** Of a row without a key, and of a certain version of one with a key. */
    private static final Set<Integer> HANDLE_LENGTHS = Set.of(24, 32);

    /** Reads a name; {@code null} for anything that is none. */
    static @Nullable RowName parse(String text) {
        int dot = end(text, 0);
        if (dot < 0 || dot >= text.length() || text.charAt(dot) != '.') {
            return null;
        }
        int hash = end(text, dot + 1);
        if (hash < 0) {
            return null;
        }
        TableName table = new TableName(unquoted(text.substring(0, dot)), unquoted(text.substring(dot + 1, hash)));
        if (hash == text.length()) {
            return new RowName(table, null);
        }
        String handle = text.substring(hash + 1);
        boolean fits = text.charAt(hash) == '#'
                && HANDLE_LENGTHS.contains(handle.length())
                && handle.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        return fits ? new RowName(table, handle) : null;
    }

    /** Where the name that begins here ends; negative when none begins. */
    private static int end(String text, int from) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '"') {
            for (at++; at < text.length(); at++) {
                boolean quote = text.charAt(at) == '"';
                if (quote && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
                    return at + 1;
                }
                // two of them are one inside of a name
                at += quote ? 1 : 0;
            }
            return -1;
        }
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        return (at > from) ? at : -1;
    }

    private static boolean isPlain(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private static String quoted(String name) {
        boolean plain = !name.isEmpty() && name.chars().allMatch(c -> isPlain((char) c));
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        String name = quoted(this.table.schema()) + "." + quoted(this.table.table());
        return (this.handle != null) ? name + "#" + this.handle : name;
    }
}
