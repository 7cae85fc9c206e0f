package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Columns and key of a table, and the SQL that follows from them.
 *
 * @param relation its oid
 * @param name its name now
 * @param columns the columns that are captured: all but those computed on reading
 * @param key the primary key's columns, empty without one
 */
record TableShape(long relation, TableName name, List<Column> columns, List<KeyColumn> key) {

    private static final String NAME = """
            SELECT n.nspname, c.relname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::bigint::oid""";

    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) || coalesce((
                SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, c.collname) FROM pg_catalog.pg_collation c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation), ''),
              a.attgenerated <> '', a.attidentity = 'a'
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v'
            ORDER BY a.attnum""";

    private static final String KEY = """
            SELECT a.attname, pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname)
            FROM pg_catalog.pg_index i
            CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            JOIN pg_catalog.pg_opclass c ON c.oid = i.indclass[k.place::int - 1]
            JOIN pg_catalog.pg_amop m ON m.amopfamily = c.opcfamily AND m.amoplefttype = c.opcintype
              AND m.amoprighttype = c.opcintype AND m.amopstrategy = 3
            JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
            JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
            WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND k.place <= i.indnkeyatts
            ORDER BY k.place""";

    static TableShape read(Session session, long relation) throws SQLException {
        List<TableName> names = session.list(NAME, row -> new TableName(row.getString(1), row.getString(2)), relation);
        if (names.isEmpty()) {
            throw new CaptureException("A protected table (oid " + relation + ") was dropped");
        }
        List<Column> columns = session.list(
                COLUMNS,
                row -> new Column(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                relation);
        List<KeyColumn> key = session.list(KEY, row -> new KeyColumn(row.getString(1), row.getString(2)), relation);
        return new TableShape(relation, names.get(0), columns, key);
    }

    boolean hasKey() {
        return !this.key.isEmpty();
    }

    /** The columns, after a comma each, as a list to select. */
    String select(String alias) {
        return this.columns.stream().map(column -> column.of(alias)).collect(Collectors.joining(", "));
    }

    /** The whole row as one value. */
    String row(String alias) {
        return "ROW(" + select(alias) + ")";
    }

    /** The whole row as text that only an identical row has. */
    String image(String alias) {
        return "(" + row(alias) + "::text COLLATE \"C\")";
    }

    /** Whether two rows are the same, bit for bit. */
    String identical(String one, String other) {
        return "record_image_eq(" + row(one) + ", " + row(other) + ")";
    }

    String sameKey(String one, String other) {
        return this.key.stream().map(column -> column.matches(one, other)).collect(Collectors.joining(" AND "));
    }

    String keys(String alias) {
        return this.key.stream().map(column -> column.of(alias)).collect(Collectors.joining(", "));
    }

    /** What a conflict at this key is called from outside; tells no value. */
    String handle(String alias) {
        return handleOf("ROW(" + keys(alias) + ")::text");
    }

    static String handleOf(String text) {
        return "left(encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex'), 24)";
    }

    /** The columns somebody can write, as an INSERT names them. */
    String written() {
        return writable().stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** The same columns, as an INSERT takes them from a captured row. */
    String writtenFrom(String alias) {
        return writable().stream().map(column -> column.of(alias)).collect(Collectors.joining(", "));
    }

    /** The assignments of an UPDATE, empty when there is nothing it could assign. */
    String assignments(String alias) {
        return writable().stream()
                .filter(column -> !column.identityAlways())
                .map(column -> column.quoted() + " = " + column.of(alias))
                .collect(Collectors.joining(", "));
    }

    private List<Column> writable() {
        return this.columns.stream().filter(column -> !column.generated()).toList();
    }
}
