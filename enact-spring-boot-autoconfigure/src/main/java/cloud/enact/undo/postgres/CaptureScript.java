package cloud.enact.undo.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The SQL that protects a table. Every name in it was chosen by somebody else and is quoted. */
final class CaptureScript {

    /**
     * Only transactions that were begun as governed ones pay for more than this comparison, and sessions in which one
     * was ever joined: a setting that was made once can be emptied, but never be as if it had not been.
     */
    private static final String GOVERNED = "WHEN (pg_catalog.current_setting('transaction_deferrable') = 'on'"
            + " OR pg_catalog.current_setting('enact.joined', true) IS NOT NULL)";

    /** Whoever is given rights on all that the owner creates is not given any on these. */
    static final String CLOSE = """
            DO $$
            DECLARE
              given record;
            BEGIN
              FOR given IN
                SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END
                  || pg_catalog.format('enact_undo.%I', c.relname) AS object, a.grantee
                FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
                WHERE c.relnamespace = 'enact_undo'::pg_catalog.regnamespace AND c.relkind IN ('r', 'v', 'S')
                  AND a.grantee <> c.relowner
                UNION
                SELECT pg_catalog.format('FUNCTION enact_undo.%I(%s)', p.proname,
                  pg_catalog.pg_get_function_identity_arguments(p.oid)), a.grantee
                FROM pg_catalog.pg_proc p, pg_catalog.aclexplode(p.proacl) a
                WHERE p.pronamespace = 'enact_undo'::pg_catalog.regnamespace AND p.proname NOT IN ('enter', 'leave')
                  AND a.grantee <> p.proowner
              LOOP
                EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s', given.object,
                  CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::pg_catalog.regrole::text END);
              END LOOP;
            END $$""";

    private CaptureScript() {}

    /** The objects all protected tables share. */
    static String shared() {
        return read("capture.sql") + "\n" + upgrade() + "\n" + read("close.sql");
    }

    /** What brings shared objects of an earlier version up to this one. */
    static String upgrade() {
        return read("leave.sql");
    }

    private static String read(String name) {
        try (InputStream script = Objects.requireNonNull(CaptureScript.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static List<String> grants(String role) {
        String name = Quoted.name(role);
        return List.of(
                "GRANT USAGE ON SCHEMA enact_undo TO " + name,
                "GRANT EXECUTE ON FUNCTION enact_undo.enter(uuid, uuid, bytea),"
                        + " enact_undo.leave(bigint, bytea, boolean) TO " + name);
    }

    /** Everything a table needs once: a place for its rows and a function that puts them there. */
    static List<String> protect(int id, TableShape table) {
        List<String> statements = new ArrayList<>();
        String relation = relation(table.name());
        statements.add("INSERT INTO enact_undo.protected_table (id, relation, shape, columns) VALUES (" + id + ", "
                + relation + ", enact_undo.shape_of(" + relation + "), enact_undo.columns_of(" + relation + "))");
        statements.add("CREATE TABLE " + undoTable(id) + " (\n"
                + "  \"enact$id\" bigint GENERATED ALWAYS AS IDENTITY,\n"
                + "  \"enact$marker\" bigint NOT NULL,\n"
                + "  \"enact$side\" \"char\" NOT NULL,\n"
                + table.columns().stream()
                        .map(column -> "  " + column.quoted() + " " + column.type())
                        .collect(Collectors.joining(",\n"))
                + "\n)");
        statements.add("CREATE INDEX ON " + undoTable(id) + " (\"enact$marker\")");
        statements.add("CREATE FUNCTION " + function(id) + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                + " SET search_path = pg_catalog, pg_temp SET row_security = off SET enable_seqscan = off AS "
                + Quoted.text(body(id, table)));
        statements.add("REVOKE ALL ON FUNCTION " + function(id) + "() FROM PUBLIC");
        return statements;
    }

    /** The triggers of a protected table, or of one of its partitions. */
    static List<String> attach(int id, TableName member, boolean partitioned) {
        String on = member.quoted();
        List<String> statements = new ArrayList<>(detach(member));
        statements.add(trigger(id, "insert", "AFTER INSERT ON " + on + " REFERENCING NEW TABLE AS new_rows"));
        statements.add(trigger(
                id, "update", "AFTER UPDATE ON " + on + " REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"));
        statements.add(trigger(id, "delete", "AFTER DELETE ON " + on + " REFERENCING OLD TABLE AS old_rows"));
        if (!partitioned) {
            // a table with partitions has no rows of its own
            statements.add(trigger(id, "truncate", "BEFORE TRUNCATE ON " + on));
        }
        List<String> names = names(partitioned);
        names.forEach(name -> statements.add("ALTER TABLE " + on + " ENABLE ALWAYS TRIGGER " + name));
        statements.add("INSERT INTO enact_undo.protected_member (relation, protected, triggers) VALUES ("
                + relation(member) + ", " + id + ", " + names.size()
                + ") ON CONFLICT (relation) DO UPDATE SET protected = EXCLUDED.protected,"
                + " triggers = EXCLUDED.triggers");
        return statements;
    }

    static List<String> detach(TableName member) {
        return names(false).stream()
                .map(name -> "DROP TRIGGER IF EXISTS " + name + " ON " + member.quoted())
                .toList();
    }

    /** Ends the capturing under an earlier shape; what was captured stays. */
    static List<String> retire(int id) {
        return List.of(
                "UPDATE enact_undo.protected_table SET retired = pg_catalog.clock_timestamp() WHERE id = " + id,
                "DELETE FROM enact_undo.protected_member WHERE protected = " + id);
    }

    static String undoTable(int id) {
        return "enact_undo.u_" + id;
    }

    private static String function(int id) {
        return "enact_undo.capture_" + id;
    }

    private static String relation(TableName name) {
        return Quoted.text(name.quoted()) + "::pg_catalog.regclass";
    }

    private static List<String> names(boolean partitioned) {
        List<String> names = List.of("\"enact$insert\"", "\"enact$update\"", "\"enact$delete\"", "\"enact$truncate\"");
        return partitioned ? names.subList(0, 3) : names;
    }

    private static String trigger(int id, String operation, String event) {
        return "CREATE TRIGGER \"enact$" + operation + "\" " + event + " FOR EACH STATEMENT " + GOVERNED
                + " EXECUTE FUNCTION " + function(id) + "()";
    }

    private static String body(int id, TableShape table) {
        String into = "INSERT INTO " + undoTable(id) + " (\"enact$marker\", \"enact$side\", "
                + table.columns().stream().map(Column::quoted).collect(Collectors.joining(", ")) + ")";
        String old = " SELECT \"enact$marker\", 'O'::\"char\", " + table.select("r") + " FROM old_rows r";
        String added = " SELECT \"enact$marker\", 'N'::\"char\", " + table.select("r") + " FROM new_rows r";
        String truncated = into + " SELECT $1, 'O', " + table.select("r") + " FROM ONLY ";
        // one pass: a name that looks like a placeholder stays a name
        return """
                #variable_conflict use_variable
                DECLARE
                  "enact$marker" bigint;
                  "enact$state" "char";
                  "enact$rows" bigint := 0;
                BEGIN
                  SELECT m.id, m.state INTO "enact$marker", "enact$state"
                  FROM enact_undo.marker m WHERE m.xid = pg_current_xact_id_if_assigned() ORDER BY m.id DESC LIMIT 1;
                  -- behind the end of an action its transaction may go on, with the work of somebody else
                  IF NOT FOUND OR "enact$state" = 'C' THEN
                    RETURN NULL;
                  END IF;
                  IF TG_OP = 'INSERT' THEN
                    %5$s %2$s;
                    GET DIAGNOSTICS "enact$rows" = ROW_COUNT;
                  ELSIF TG_OP = 'UPDATE' THEN
                    %5$s %1$s UNION ALL %2$s;
                    GET DIAGNOSTICS "enact$rows" = ROW_COUNT;
                    "enact$rows" := "enact$rows" / 2;
                  ELSIF TG_OP = 'DELETE' THEN
                    %5$s %1$s;
                    GET DIAGNOSTICS "enact$rows" = ROW_COUNT;
                  ELSIF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
                    RAISE EXCEPTION 'TRUNCATE would remove rows that a transaction of this isolation level does not see'
                      USING ERRCODE = '55000', HINT = 'Use DELETE, or READ COMMITTED.';
                  ELSE
                    EXECUTE %3$s || format('%%I.%%I r', TG_TABLE_SCHEMA, TG_TABLE_NAME) USING "enact$marker";
                    GET DIAGNOSTICS "enact$rows" = ROW_COUNT;
                  END IF;
                  IF "enact$rows" > 0 OR TG_OP = 'TRUNCATE' THEN
                    INSERT INTO enact_undo.statement (marker, protected, operation, row_count)
                    VALUES ("enact$marker", %4$d, left(TG_OP, 1)::"char", "enact$rows");
                  END IF;
                  RETURN NULL;
                END
                """.formatted(old, added, Quoted.text(truncated), id, into);
    }
}
