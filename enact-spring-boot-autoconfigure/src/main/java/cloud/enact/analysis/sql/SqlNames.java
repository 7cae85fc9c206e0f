package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.List;

/** Names that are found outside the grammar. */
final class SqlNames {

    private SqlNames() {}

    /** The name in a string, where a database takes one for a table. */
    static SqlName inString(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("\\.")) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return new SqlName(parts.isEmpty() ? List.of(text) : parts);
    }

    /** Every chain of names and dots. */
    static List<SqlName> all(List<SqlToken> tokens) {
        List<SqlName> names = new ArrayList<>();
        TokenCursor cursor = new TokenCursor(tokens, new int[0], 0, tokens.size());
        while (!cursor.atEnd()) {
            if (cursor.isName()) {
                names.add(cursor.name());
            } else {
                cursor.next();
            }
        }
        return names;
    }
}
