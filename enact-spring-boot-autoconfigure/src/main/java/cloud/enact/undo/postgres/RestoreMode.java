package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How rows are put back.
 *
 * @param exact whether triggers and references are left out of it, since everything they would do was captured
 */
record RestoreMode(boolean exact) {

    /** Without triggers the server neither delays a uniqueness check nor finds the partition a reference belongs to. */
    private static final String NEEDS_TRIGGERS = """
            SELECT EXISTS (SELECT FROM pg_constraint c JOIN enact_undo.protected_member m ON m.relation = c.conrelid
                JOIN enact_undo.protected_table p ON p.id = m.protected
                WHERE p.relation = ANY (?::bigint[]::oid[]) AND c.contype IN ('p', 'u', 'x') AND c.condeferrable)
              OR EXISTS (SELECT FROM pg_constraint c
                JOIN enact_undo.protected_member m ON m.relation IN (c.conrelid, c.confrelid)
                JOIN enact_undo.protected_table p ON p.id = m.protected AND p.relation <> m.relation
                WHERE p.relation = ANY (?::bigint[]::oid[]) AND c.contype = 'f' AND c.conparentid = 0)""";

    static RestoreMode of(Session session, Map<Long, RestoredTable> tables) throws SQLException {
        Long[] relations = tables.keySet().toArray(Long[]::new);
        return new RestoreMode(maySilenceTriggers(session) && !session.holds(NEEDS_TRIGGERS, relations, relations));
    }

    private static boolean maySilenceTriggers(Session session) throws SQLException {
        if (session.holds("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            return true;
        }
        // servers before 15 know no such right
        return session.holds("SELECT current_setting('server_version_num')::int >= 150000")
                && session.holds("SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }

    void apply(Session session, Collection<RestoredTable> tables) throws SQLException {
        if (this.exact) {
            session.execute("SET LOCAL session_replication_role = replica");
            for (RestoredTable table : tables) {
                run(session, table.delete(true));
            }
            for (RestoredTable table : tables) {
                run(session, table.insert(true));
            }
            session.execute("SET LOCAL session_replication_role = origin");
            return;
        }
        session.execute("SAVEPOINT enact");
        try {
            ordinary(session, tables, true);
        } catch (SQLException ex) {
            session.execute("ROLLBACK TO SAVEPOINT enact");
            try {
                // a row that moves back may refer to one that was added, and must leave it first
                ordinary(session, tables, false);
            } catch (SQLException second) {
                ex.addSuppressed(second);
                throw ex;
            }
        }
    }

    private static void ordinary(Session session, Collection<RestoredTable> tables, boolean removeFirst)
            throws SQLException {
        if (removeFirst) {
            together(session, tables.stream().map(table -> table.delete(false)).toList());
        }
        together(session, tables.stream().map(table -> table.insert(false)).toList());
        for (RestoredTable table : tables) {
            RestoredTable.Planned update = table.update();
            if (update != null) {
                run(session, update);
            }
        }
        if (!removeFirst) {
            together(session, tables.stream().map(table -> table.delete(false)).toList());
        }
        session.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }

    /** One statement for all tables: references are checked at its end, so rows may refer to each other in circles. */
    private static void together(Session session, List<RestoredTable.Planned> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        StringBuilder sql = new StringBuilder("WITH ");
        StringBuilder counts = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            String name = "s" + i;
            sql.append((i > 0) ? ", " : "")
                    .append(name)
                    .append(" AS (")
                    .append(all.get(i).statement());
            sql.append(" RETURNING 1)");
            counts.append((i > 0) ? ", " : " SELECT ARRAY[")
                    .append("(SELECT count(*) FROM ")
                    .append(name)
                    .append(")");
        }
        List<Long> expected = new ArrayList<>();
        for (RestoredTable.Planned planned : all) {
            expected.add(session.number(planned.rows()));
        }
        Long[] affected = session.list(sql.append(counts).append("]").toString(), row ->
                        (Long[]) row.getArray(1).getArray())
                .get(0);
        if (!expected.equals(List.of(affected))) {
            throw unexpected();
        }
    }

    private static void run(Session session, RestoredTable.Planned planned) throws SQLException {
        long expected = session.number(planned.rows());
        if (expected > 0 && session.update(planned.statement()) != expected) {
            throw unexpected();
        }
    }

    private static SQLException unexpected() {
        return new SQLException("A trigger or somebody else changed rows while they were restored", "40001");
    }
}
