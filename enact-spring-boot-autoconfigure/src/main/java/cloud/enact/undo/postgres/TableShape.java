package cloud.enact.undo.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns and key of a table, and the SQL that follows from them.
 *
 * @param relation its oid
 * @param name its name now
 * @param columns the columns that are captured: all but those computed on reading
 * @param key the primary key's columns, empty without one
 */
record TableShape(long relation, TableName name, List<Column> columns, List<KeyColumn> key) {

    /** Characters of the handle of a key. */
    static final int HANDLE = 24;

    private static final String OF = """
            SELECT n.nspname, c.relname, a.names, a.types, a.generated, a.always, k.names, k.operators
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (
              SELECT pg_catalog.array_agg(a.attname::text ORDER BY a.attnum) AS names,
                pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) || coalesce((
                  SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, c.collname) FROM pg_catalog.pg_collation c
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation), '')
                  ORDER BY a.attnum) AS types,
                pg_catalog.array_agg(a.attgenerated <> '' ORDER BY a.attnum) AS generated,
                pg_catalog.array_agg(a.attidentity = 'a' ORDER BY a.attnum) AS always
              FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v') AS a
            CROSS JOIN LATERAL (
              SELECT pg_catalog.array_agg(a.attname::text ORDER BY k.place) AS names,
                pg_catalog.array_agg(pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname) ORDER BY k.place)
                  AS operators
              FROM pg_catalog.pg_index i
              CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
              JOIN pg_catalog.pg_opclass f ON f.oid = i.indclass[k.place::int - 1]
              JOIN pg_catalog.pg_amop m ON m.amopfamily = f.opcfamily AND m.amoplefttype = f.opcintype
                AND m.amoprighttype = f.opcintype AND m.amopstrategy = 3
              JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
              JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
              WHERE i.indrelid = c.oid AND i.indisprimary AND k.place <= i.indnkeyatts) AS k
            WHERE c.oid = ?::bigint::oid""";

    static TableShape read(Session session, long relation) throws SQLException {
        List<TableShape> found = session.list(OF, row -> of(relation, row), relation);
        if (found.isEmpty()) {
            throw new CaptureException("A protected table (oid " + relation + ") was dropped");
        }
        return found.get(0);
    }

    private static TableShape of(long relation, ResultSet row) throws SQLException {
        String[] names = texts(row.getArray(3));
        String[] types = texts(row.getArray(4));
        Boolean[] generated = flags(row.getArray(5));
        Boolean[] always = flags(row.getArray(6));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            columns.add(new Column(names[i], types[i], generated[i], always[i]));
        }
        String[] keys = texts(row.getArray(7));
        String[] operators = texts(row.getArray(8));
        List<KeyColumn> key = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            key.add(new KeyColumn(keys[i], operators[i]));
        }
        return new TableShape(relation, new TableName(row.getString(1), row.getString(2)), columns, key);
    }

    private static String[] texts(@Nullable Array array) throws SQLException {
        return (array != null) ? (String[]) array.getArray() : new String[0];
    }

    private static Boolean[] flags(@Nullable Array array) throws SQLException {
        return (array != null) ? (Boolean[]) array.getArray() : new Boolean[0];
    }

    boolean hasKey() {
        return !this.key.isEmpty();
    }

    /** Whether columns are those of the key, in whatever order. */
    boolean isKey(List<String> names) {
        return this.key.stream()
                .map(KeyColumn::name)
                .collect(Collectors.toSet())
                .equals(Set.copyOf(names));
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

    /**
     * What a conflict at this key is called while the row is this very version of it; begins with the handle of the
     * key. A version is told by who wrote it and where it is, so that nobody learns a value by trying.
     */
    String handle(String alias, String row) {
        return handle(alias) + " || left(encode(sha256(convert_to(concat_ws(' ', " + row + ".xmin, " + row + ".ctid, "
                + row + ".tableoid), 'UTF8')), 'hex'), 8)";
    }

    static String handleOf(String text) {
        return "left(encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex'), " + HANDLE + ")";
    }

    /** An INSERT of the columns somebody can write, taken from a captured row; what to select from follows. */
    String insertFrom(String alias) {
        List<Column> writable = writable();
        return "INSERT INTO " + this.name.quoted() + " ("
                + writable.stream().map(Column::quoted).collect(Collectors.joining(", "))
                + ") OVERRIDING SYSTEM VALUE SELECT "
                + writable.stream().map(column -> column.of(alias)).collect(Collectors.joining(", "));
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
