package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** The tables that something else than the restore itself wrote to in its transaction: triggers, mostly. */
final class WrittenBeside {

    /**
     * A cascade locks tables in which it finds no rows, and rows are counted that a savepoint took back: so both are
     * asked for, unless nobody counts.
     */
    private static final String OF = """
            SELECT n.nspname, c.relname FROM (SELECT DISTINCT (s.lock).relation AS relation, (s.lock).mode AS mode
              FROM (SELECT pg_lock_status() AS lock OFFSET 0) AS s
              WHERE (s.lock).pid = pg_backend_pid() AND (s.lock).locktype = 'relation') AS l
            JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE l.mode IN ('RowExclusiveLock', 'AccessExclusiveLock') AND c.relkind IN ('r', 'f', 'm')
              AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'enact_undo')
              AND (l.mode = 'AccessExclusiveLock' OR c.relkind = 'f' OR current_setting('track_counts') = 'off'
                OR pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
                  + pg_stat_get_xact_tuples_deleted(c.oid) > 0)
              AND c.oid <> ALL (?::bigint[]::oid[])
              AND NOT EXISTS (SELECT FROM enact_undo.protected_member m JOIN enact_undo.protected_table p
                ON p.id = m.protected WHERE m.relation = c.oid AND p.relation = ANY (?::bigint[]::oid[]))
            GROUP BY 1, 2 ORDER BY 1, 2""";

    private WrittenBeside() {}

    /** Those that are not among the restored tables and their partitions. */
    static List<TableName> of(Session session, Collection<TouchedTable> restored) throws SQLException {
        Long[] relations = restored.stream().map(TouchedTable::relation).toArray(Long[]::new);
        return session.list(OF, row -> new TableName(row.getString(1), row.getString(2)), relations, relations);
    }
}
