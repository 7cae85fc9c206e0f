package cloud.enact.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A digest over a whole database: every table, and every value of every row.
 *
 * @param sha256 the digest in hexadecimal
 * @param rows how many rows each table holds
 */
record DatabaseDigest(String sha256, Map<String, Integer> rows) {

    static DatabaseDigest of(JdbcTemplate jdbc) {
        Hash hash = new Hash();
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> tables = texts(
                jdbc, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");
        for (String table : tables) {
            // a row as text keeps every bit of its values
            List<String> rows =
                    texts(jdbc, "SELECT t::text FROM public." + table + " t ORDER BY t::text COLLATE \"C\"");
            hash.add("table " + table);
            rows.forEach(hash::add);
            counts.put(table, rows.size());
        }
        return new DatabaseDigest(hash.hex(), counts);
    }

    String describe() {
        return "sha256:" + this.sha256.substring(0, 16) + "  "
                + this.rows.entrySet().stream()
                        .map(table -> table.getKey() + " " + table.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static List<String> texts(JdbcTemplate jdbc, String query) {
        return jdbc.query(query, (row, number) -> Objects.requireNonNull(row.getString(1)));
    }
}
