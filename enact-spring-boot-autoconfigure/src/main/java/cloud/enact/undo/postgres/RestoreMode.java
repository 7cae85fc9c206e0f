package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How rows are put back.
 *
 * @param exact whether triggers and references are left out of it, since everything they would do was captured
 * @param undisturbed whether no trigger and no rule of the application has a part in it
 */
record RestoreMode(boolean exact, boolean undisturbed) {

    static final String CONSTRAINTS = "23";

    private static final String UNEXPECTED = "40001";

    /**
     * Without triggers the server neither delays a uniqueness check nor finds the partition a reference belongs to.
     * Servers before 15 know no right to leave triggers out.
     */
    private static final String OF = """
            WITH member AS (SELECT m.relation, p.relation AS protected FROM enact_undo.protected_member m
              JOIN enact_undo.protected_table p ON p.id = m.protected WHERE p.relation = ANY (?::bigint[]::oid[]))
            SELECT r.rolsuper, current_setting('server_version_num')::int >= 150000,
              EXISTS (SELECT FROM pg_constraint c JOIN member m ON m.relation = c.conrelid
                WHERE c.contype IN ('p', 'u', 'x') AND c.condeferrable)
              OR EXISTS (SELECT FROM pg_constraint c JOIN member m ON m.relation IN (c.conrelid, c.confrelid)
                WHERE c.contype = 'f' AND c.conparentid = 0 AND m.protected <> m.relation),
              EXISTS (SELECT FROM pg_class c JOIN member m ON m.relation = c.oid WHERE c.relhasrules),
              EXISTS (SELECT FROM pg_trigger t JOIN member m ON m.relation = t.tgrelid WHERE NOT t.tgisinternal
                AND t.tgname NOT LIKE 'enact$%' AND t.tgenabled IN ('O', 'A')),
              EXISTS (SELECT FROM pg_trigger t JOIN member m ON m.relation = t.tgrelid WHERE NOT t.tgisinternal
                AND t.tgname NOT LIKE 'enact$%' AND t.tgenabled IN ('R', 'A'))
            FROM pg_roles r WHERE r.rolname = current_user""";

    static RestoreMode of(Session session, Collection<Long> tables) throws SQLException {
        Facts facts = session.list(
                        OF,
                        row -> new Facts(
                                row.getBoolean(1),
                                row.getBoolean(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6)),
                        (Object) tables.toArray(Long[]::new))
                .get(0);
        boolean exact = !facts.needTriggers() && maySilenceTriggers(session, facts);
        return new RestoreMode(exact, !facts.rules() && !(exact ? facts.replicaTriggers() : facts.triggers()));
    }

    private static boolean maySilenceTriggers(Session session, Facts facts) throws SQLException {
        return facts.superuser()
                || facts.rightExists()
                        && session.holds("SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }

    /** Whether the server, or a number of rows, says that rows can't be put back this way. */
    static boolean isRefusal(SQLException ex) {
        String state = ex.getSQLState();
        return state != null && (state.startsWith(CONSTRAINTS) || state.equals(UNEXPECTED));
    }

    void apply(Session session, Collection<? extends RestoredTable> tables) throws SQLException {
        if (this.exact) {
            session.execute("SET LOCAL session_replication_role = replica");
            for (RestoredTable table : tables) {
                run(session, table.delete(session, true));
            }
            for (RestoredTable table : tables) {
                run(session, table.insert(session, true));
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

    private static void ordinary(Session session, Collection<? extends RestoredTable> tables, boolean removeFirst)
            throws SQLException {
        if (removeFirst) {
            remove(session, tables);
        }
        List<RestoredTable.Planned> inserts = new ArrayList<>();
        for (RestoredTable table : tables) {
            inserts.add(table.insert(session, false));
        }
        together(session, inserts);
        for (RestoredTable table : tables) {
            RestoredTable.Planned update = table.update(session);
            if (update != null) {
                run(session, update);
            }
        }
        if (!removeFirst) {
            remove(session, tables);
        }
        session.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }

    private static void remove(Session session, Collection<? extends RestoredTable> tables) throws SQLException {
        List<RestoredTable.Planned> deletes = new ArrayList<>();
        for (RestoredTable table : tables) {
            deletes.add(table.delete(session, false));
        }
        together(session, deletes);
    }

    /** One statement for all tables: references are checked at its end, so rows may refer to each other in circles. */
    private static void together(Session session, List<RestoredTable.Planned> planned) throws SQLException {
        List<RestoredTable.Planned> all =
                planned.stream().filter(each -> each.rows() > 0).toList();
        if (all.size() < 2) {
            for (RestoredTable.Planned each : all) {
                run(session, each);
            }
            return;
        }
        StringBuilder sql = new StringBuilder("WITH ");
        StringBuilder counts = new StringBuilder(" SELECT ARRAY[");
        for (int i = 0; i < all.size(); i++) {
            String separator = (i > 0) ? ", " : "";
            sql.append(separator).append("s").append(i).append(" AS (");
            sql.append(all.get(i).statement()).append(" RETURNING 1)");
            counts.append(separator).append("(SELECT count(*) FROM s").append(i).append(")");
        }
        Long[] affected = session.list(sql.append(counts).append("]").toString(), row ->
                        (Long[]) row.getArray(1).getArray())
                .get(0);
        if (!all.stream().map(RestoredTable.Planned::rows).toList().equals(List.of(affected))) {
            throw unexpected();
        }
    }

    private static void run(Session session, RestoredTable.Planned planned) throws SQLException {
        if (planned.rows() > 0 && session.update(planned.statement()) != planned.rows()) {
            throw unexpected();
        }
    }

    private static SQLException unexpected() {
        return new SQLException("A trigger or somebody else changed rows while they were restored", UNEXPECTED);
    }

    /** What the catalogs say about the tables and this role. */
    private record Facts(
            boolean superuser,
            boolean rightExists,
            boolean needTriggers,
            boolean rules,
            boolean triggers,
            boolean replicaTriggers) {}
}
