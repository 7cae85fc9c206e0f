package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.Collection;

/** Sequences that a TRUNCATE may have restarted, and that would now draw numbers of rows that are back. */
final class RestartedSequences {

    private static final String OF = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(s.relname), quote_ident(tn.nspname) || '.'
              || quote_ident(t.relname), quote_ident(a.attname)
            FROM enact_undo.protected_table p
            JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = p.relation
              AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
            JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_namespace n ON n.oid = s.relnamespace
            JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
            JOIN pg_class t ON t.oid = p.relation JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_attribute a ON a.attrelid = p.relation AND a.attnum = d.refobjsubid
            JOIN pg_type y ON y.oid = a.atttypid AND y.typcategory = 'N'
            WHERE CASE s.relkind WHEN 'S' THEN has_sequence_privilege(s.oid, 'SELECT')
                AND has_sequence_privilege(s.oid, 'UPDATE') ELSE false END AND p.id IN (
              SELECT m.protected FROM enact_undo.statement m WHERE m.marker = ANY (?::bigint[]) AND m.operation = 'T')""";

    private RestartedSequences() {}

    /** Moves them past the rows that are there; never back, since sequences never do. */
    static void advance(Session session, Collection<Long> markers) throws SQLException {
        for (Owned owned :
                session.list(OF, row -> new Owned(row.getString(1), row.getString(2), row.getString(3)), (Object)
                        markers.toArray(Long[]::new))) {
            session.number("SELECT setval(" + Quoted.text(owned.sequence())
                    + "::regclass, t.greatest) FROM (SELECT max("
                    + owned.column() + ")::bigint AS greatest FROM " + owned.table() + ") AS t, " + owned.sequence()
                    + " s WHERE t.greatest >= s.last_value");
        }
    }

    /** A sequence and the column it belongs to, quoted. */
    private record Owned(String sequence, String table, String column) {}
}
