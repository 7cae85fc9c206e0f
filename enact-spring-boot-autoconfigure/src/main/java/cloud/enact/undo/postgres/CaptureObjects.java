package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables, functions and triggers that capture what governed actions change. Who installs them owns them, and should
 * be neither the role of the application nor that of an agent.
 */
final class CaptureObjects {

    private static final String VERSION = "Enact capture objects, version 2";

    /** The version that knew no cancelled actions; it captures as well as this one, and is brought up to it. */
    private static final String EARLIER_VERSION = "Enact capture objects, version 1";

    private static final String MEMBERS = """
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind = 'p', coalesce(m.protected, 0),
              coalesce((SELECT count(*) = m.triggers FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                WHERE t.tgrelid = c.oid AND t.tgenabled = 'A' AND t.tgname LIKE 'enact$%%'
                  AND f.pronamespace = 'enact_undo'::regnamespace AND f.proname = 'capture_' || m.protected), false)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN %s m ON m.relation = c.oid
            WHERE c.oid = %d::oid OR c.oid IN (SELECT p.relid FROM pg_partition_tree(%d::oid::regclass) p)
            ORDER BY c.oid""";

    /** The tables to install into do not exist yet when the first plan is made. */
    private static final String NO_MEMBERS = "(SELECT 0::oid AS relation, 0 AS protected, 0 AS triggers)";

    private final List<String> patterns;

    private final List<String> roles;

    /**
     * Names what is to be captured.
     *
     * @param patterns {@code schema.table}, where {@code *} stands for any text
     * @param roles the roles whose transactions are captured
     */
    CaptureObjects(List<String> patterns, List<String> roles) {
        this.patterns = List.copyOf(patterns);
        this.roles = List.copyOf(roles);
    }

    /** Says what is missing. Changes nothing. */
    CapturePlan plan(Connection connection) {
        try {
            return new Session(connection).inTransaction(session -> plan(session, false));
        } catch (SQLException ex) {
            throw CaptureException.at("It can't be found out which capture objects are missing", ex);
        }
    }

    /**
     * Makes what is missing, in one transaction.
     *
     * @param connection whose role will own it
     * @param patience how long to wait for each lock on a table that is in use
     * @return what was done
     */
    CapturePlan install(Connection connection, Duration patience) {
        try {
            return new Session(connection).inTransaction(session -> {
                session.execute("SET LOCAL lock_timeout = " + patience.toMillis());
                CapturePlan plan = plan(session, true);
                for (String statement : plan.statements()) {
                    session.execute(statement);
                }
                return plan;
            });
        } catch (SQLException ex) {
            throw CaptureException.at("The capture objects can't be installed, nothing was changed", ex);
        }
    }

    /** Superusers, and members of the role that owns the capture objects. */
    List<String> powerful(Connection connection, List<String> among) {
        try {
            return new Session(connection)
                    .inTransaction(session -> session.list(
                            "SELECT r.rolname FROM pg_roles r WHERE r.rolname = ANY (?::text[]) AND (r.rolsuper OR"
                                    + " pg_has_role(r.oid, (SELECT n.nspowner FROM pg_namespace n"
                                    + " WHERE n.nspname = 'enact_undo'), 'MEMBER')) ORDER BY 1",
                            row -> row.getString(1),
                            (Object) among.toArray(String[]::new)));
        } catch (SQLException ex) {
            throw CaptureException.at("It can't be found out what the roles may do", ex);
        }
    }

    /** The SQL that takes all capture objects away, and with them everything that was captured. */
    CapturePlan removal(Connection connection) {
        try {
            return new Session(connection).inTransaction(CaptureObjects::removal);
        } catch (SQLException ex) {
            throw CaptureException.at("It can't be found out which capture objects are there", ex);
        }
    }

    /** Takes all capture objects away, and with them everything that was captured. */
    void remove(Connection connection, Duration patience) {
        try {
            new Session(connection).inTransaction(session -> {
                session.execute("SET LOCAL lock_timeout = " + patience.toMillis());
                CapturePlan plan = removal(session);
                for (String statement : plan.statements()) {
                    session.execute(statement);
                }
                return plan;
            });
        } catch (SQLException ex) {
            throw CaptureException.at("The capture objects can't be removed, nothing was changed", ex);
        }
    }

    private CapturePlan plan(Session session, boolean locked) throws SQLException {
        boolean installed = isInstalled(session);
        List<String> statements = new ArrayList<>();
        if (!installed) {
            statements.add(CaptureScript.shared());
        }
        boolean earlier = installed && isEarlier(session);
        if (earlier) {
            statements.add(CaptureScript.upgrade());
        }
        for (String role : this.roles) {
            if (!installed
                    || !session.holds(
                            "SELECT has_schema_privilege(?::name, 'enact_undo', 'USAGE')"
                                    + " AND has_function_privilege(?::name, 'enact_undo.leave(bigint, bytea, boolean)', 'EXECUTE')",
                            role,
                            role)) {
                statements.addAll(CaptureScript.grants(role));
            }
        }
        ProtectedTables tables = ProtectedTables.find(session, this.patterns);
        List<String> skipped = new ArrayList<>(tables.skipped());
        if (!DefinitionTriggers.areComplete(session)) {
            if (DefinitionTriggers.arePossible(session)) {
                statements.addAll(DefinitionTriggers.statements());
            } else {
                skipped.add(DefinitionTriggers.LEFT_OUT);
            }
        }
        Map<Long, Integer> current = new HashMap<>();
        List<TableName> affected = new ArrayList<>();
        int next = 1;
        if (installed) {
            next = (int) session.number("SELECT coalesce(max(id), 0) + 1 FROM enact_undo.protected_table");
            session.list(
                            "SELECT relation::bigint, id FROM enact_undo.protected_table WHERE retired IS NULL"
                                    + " AND shape = enact_undo.shape_of(relation)"
                                    + " AND columns = enact_undo.columns_of(relation)"
                                    + " AND to_regclass('enact_undo.u_' || id) IS NOT NULL",
                            row -> Map.entry(row.getLong(1), row.getInt(2)))
                    .forEach(entry -> current.put(entry.getKey(), entry.getValue()));
        }
        for (ProtectedTables.Found table : tables.tables()) {
            List<String> missing = missing(session, table, installed, current.get(table.relation()), next, locked);
            if (!missing.isEmpty() && !current.containsKey(table.relation())) {
                next++;
            }
            if (!missing.isEmpty()) {
                affected.add(table.name());
            }
            statements.addAll(missing);
        }
        if (!installed || earlier || !affected.isEmpty()) {
            statements.add(CaptureScript.CLOSE);
        }
        return new CapturePlan(statements, affected, skipped);
    }

    private static List<String> missing(
            Session session,
            ProtectedTables.Found table,
            boolean installed,
            @Nullable Integer current,
            int next,
            boolean locked)
            throws SQLException {
        List<Member> members = members(session, table, installed);
        int id = (current != null) ? current : next;
        List<Member> incomplete = members.stream()
                .filter(member -> !member.complete() || member.protectedAs() != id)
                .toList();
        if (incomplete.isEmpty()) {
            return List.of();
        }
        if (locked) {
            // what is read from here on stays true until the triggers are there
            session.execute("LOCK TABLE " + table.name().quoted() + " IN SHARE ROW EXCLUSIVE MODE");
        }
        List<String> statements = new ArrayList<>();
        if (current == null) {
            if (installed) {
                for (int earlier : session.list(
                        "SELECT id FROM enact_undo.protected_table WHERE retired IS NULL AND relation = ?::bigint::oid",
                        row -> row.getInt(1),
                        table.relation())) {
                    statements.addAll(CaptureScript.retire(earlier));
                }
            }
            statements.addAll(CaptureScript.protect(id, TableShape.read(session, table.relation())));
        }
        for (Member member : (current == null) ? members : incomplete) {
            statements.addAll(CaptureScript.attach(id, member.name(), member.partitioned()));
        }
        return statements;
    }

    private static List<Member> members(Session session, ProtectedTables.Found table, boolean installed)
            throws SQLException {
        String known = installed ? "enact_undo.protected_member" : NO_MEMBERS;
        String sql = MEMBERS.formatted(known, table.relation(), table.relation());
        if (!installed) {
            sql = sql.replace("'enact_undo'::regnamespace", "0::oid");
        }
        return session.list(
                sql,
                row -> new Member(
                        new TableName(row.getString(2), row.getString(3)),
                        row.getBoolean(4),
                        row.getInt(5),
                        row.getBoolean(6)));
    }

    private static CapturePlan removal(Session session) throws SQLException {
        if (!isInstalled(session)) {
            return new CapturePlan(List.of(), List.of(), List.of());
        }
        List<String> statements = new ArrayList<>();
        List<TableName> members = session.list(
                "SELECT n.nspname, c.relname FROM enact_undo.protected_member m JOIN pg_class c"
                        + " ON c.oid = m.relation JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY c.oid",
                row -> new TableName(row.getString(1), row.getString(2)));
        members.forEach(member -> statements.addAll(CaptureScript.detach(member)));
        statements.add("DROP SCHEMA enact_undo CASCADE");
        return new CapturePlan(statements, members, List.of());
    }

    /** Whether they are there; throws when they are not ours, before anything in them is used. */
    static boolean isInstalled(Session session) throws SQLException {
        // a superuser has every role, and would run the code of any of them
        List<Schema> found = session.list(
                "SELECT CASE WHEN me.rolsuper THEN owner.rolsuper ELSE pg_has_role(owner.oid, 'USAGE') END,"
                        + " coalesce(obj_description(n.oid, 'pg_namespace'), '')"
                        + " FROM pg_namespace n JOIN pg_roles owner ON owner.oid = n.nspowner"
                        + " JOIN pg_roles me ON me.rolname = current_user WHERE n.nspname = 'enact_undo'",
                row -> new Schema(row.getBoolean(1), row.getString(2)));
        if (found.isEmpty()) {
            return false;
        }
        if (!List.of(VERSION, EARLIER_VERSION).contains(found.get(0).comment())) {
            throw new CaptureException("The schema enact_undo was not made by this version of Enact: remove it with the"
                    + " version that made it, or drop it");
        }
        if (!found.get(0).ours()) {
            throw new CaptureException(
                    "The schema enact_undo belongs to another role: log in as its owner, or drop it");
        }
        return true;
    }

    /** Whether what is installed is of the version before this one. */
    static boolean isEarlier(Session session) throws SQLException {
        return session.holds("SELECT to_regclass('enact_undo.cancelled') IS NULL");
    }

    private record Member(TableName name, boolean partitioned, int protectedAs, boolean complete) {}

    private record Schema(boolean ours, String comment) {}
}
