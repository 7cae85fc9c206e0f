package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A reference of one table to another.
 *
 * @param name the constraint
 * @param child the table that refers, by oid
 * @param childName its name
 * @param parent the table referred to, by oid
 * @param parentName its name
 * @param childColumns the columns that refer
 * @param parentColumns the columns they refer to
 * @param operators how the two are compared, the column referred to on the left
 */
record ForeignKey(
        String name,
        long child,
        TableName childName,
        long parent,
        TableName parentName,
        List<String> childColumns,
        List<String> parentColumns,
        List<String> operators) {

    /** References that are not checked by the server are none. */
    private static final String OF = """
            SELECT c.conname, c.conrelid::bigint, cn.nspname, cc.relname, c.confrelid::bigint, pn.nspname, pc.relname,
              (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, place)
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
              (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k (num, place)
                JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num),
              (SELECT array_agg(format('OPERATOR(%I.%s)', n.nspname, o.oprname) ORDER BY k.place)
                FROM unnest(c.conpfeqop) WITH ORDINALITY AS k (num, place)
                JOIN pg_operator o ON o.oid = k.num JOIN pg_namespace n ON n.oid = o.oprnamespace)
            FROM pg_constraint c
            JOIN pg_class cc ON cc.oid = c.conrelid JOIN pg_namespace cn ON cn.oid = cc.relnamespace
            JOIN pg_class pc ON pc.oid = c.confrelid JOIN pg_namespace pn ON pn.oid = pc.relnamespace
            WHERE c.contype = 'f' AND c.conparentid = 0 AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true'
              AND (c.conrelid = ANY (?::bigint[]::oid[]) OR c.confrelid = ANY (?::bigint[]::oid[]))
            ORDER BY c.oid""";

    /** The references from and to these tables. */
    static List<ForeignKey> of(Session session, Collection<Long> tables) throws SQLException {
        Long[] relations = tables.toArray(Long[]::new);
        return session.list(
                OF,
                row -> new ForeignKey(
                        row.getString(1),
                        row.getLong(2),
                        new TableName(row.getString(3), row.getString(4)),
                        row.getLong(5),
                        new TableName(row.getString(6), row.getString(7)),
                        Arrays.asList((String[]) row.getArray(8).getArray()),
                        Arrays.asList((String[]) row.getArray(9).getArray()),
                        Arrays.asList((String[]) row.getArray(10).getArray())),
                relations,
                relations);
    }

    /** The condition that a row of the child refers to a row of the parent. */
    String refers(String childAlias, String parentAlias) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < this.operators.size(); i++) {
            conditions.add(parentAlias + "." + Quoted.name(this.parentColumns.get(i)) + " " + this.operators.get(i)
                    + " " + childAlias + "." + Quoted.name(this.childColumns.get(i)));
        }
        return String.join(" AND ", conditions);
    }

    /** The condition that a row of the child refers to anything. */
    String isSet(String childAlias) {
        List<String> conditions = new ArrayList<>();
        this.childColumns.forEach(column -> conditions.add(childAlias + "." + Quoted.name(column) + " IS NOT NULL"));
        return String.join(" AND ", conditions);
    }
}
