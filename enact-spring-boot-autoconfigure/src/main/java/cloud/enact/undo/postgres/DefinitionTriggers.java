package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;

/**
 * Event triggers that tell of what an action defines, drops or grants. Only a superuser can make them, and they run
 * with its rights: so nobody else may own what they read.
 */
final class DefinitionTriggers {

    static final String LEFT_OUT = "Functions, views, indexes, rights and whatever else an action defines without"
            + " locking a table is not noticed: that takes event triggers, and a superuser who owns the capture objects";

    private static final String COMPLETE = """
            SELECT count(*) = 2 FROM pg_event_trigger e JOIN pg_proc f ON f.oid = e.evtfoid
            JOIN pg_namespace n ON n.oid = f.pronamespace
            WHERE e.evtname IN ('enact$defined', 'enact$dropped') AND e.evtenabled = 'A' AND n.nspname = 'enact_undo'
              AND f.proname = 'tell_definition'""";

    private static final String POSSIBLE = """
            SELECT r.rolsuper AND NOT EXISTS (SELECT FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner
              WHERE n.nspname = 'enact_undo' AND NOT o.rolsuper)
            FROM pg_roles r WHERE r.rolname = current_user""";

    private static final String FUNCTION = """
            CREATE FUNCTION enact_undo.tell_definition() RETURNS event_trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
            DECLARE
              open_marker bigint;
            BEGIN
              IF current_setting('transaction_deferrable') <> 'on' AND current_setting('enact.joined', true) IS NULL THEN
                RETURN;
              END IF;
              SELECT CASE m.state WHEN 'O' THEN m.id END INTO open_marker
              FROM enact_undo.marker m WHERE m.xid = pg_current_xact_id_if_assigned() ORDER BY m.id DESC LIMIT 1;
              IF open_marker IS NULL THEN
                RETURN;
              END IF;
              IF TG_EVENT = 'sql_drop' THEN
                IF TG_TAG LIKE 'DROP %' THEN
                  INSERT INTO enact_undo.definition
                  SELECT open_marker, concat_ws(' ', 'DROP', upper(d.object_type), d.object_identity)
                  FROM pg_event_trigger_dropped_objects() d WHERE d.original AND NOT d.is_temporary;
                END IF;
              ELSE
                INSERT INTO enact_undo.definition
                SELECT open_marker, concat_ws(' ', c.command_tag, c.object_identity)
                FROM pg_event_trigger_ddl_commands() c WHERE c.schema_name IS DISTINCT FROM 'pg_temp';
              END IF;
            END $$""";

    private DefinitionTriggers() {}

    static boolean areComplete(Session session) throws SQLException {
        return session.holds(COMPLETE);
    }

    static boolean arePossible(Session session) throws SQLException {
        return session.holds(POSSIBLE);
    }

    /** A function of that name that is there would keep its owner if it were replaced. */
    static List<String> statements() {
        return List.of(
                "DROP EVENT TRIGGER IF EXISTS \"enact$defined\"",
                "DROP EVENT TRIGGER IF EXISTS \"enact$dropped\"",
                "DROP FUNCTION IF EXISTS enact_undo.tell_definition()",
                FUNCTION,
                "REVOKE ALL ON FUNCTION enact_undo.tell_definition() FROM PUBLIC",
                "CREATE EVENT TRIGGER \"enact$defined\" ON ddl_command_end EXECUTE FUNCTION enact_undo.tell_definition()",
                "CREATE EVENT TRIGGER \"enact$dropped\" ON sql_drop EXECUTE FUNCTION enact_undo.tell_definition()",
                "ALTER EVENT TRIGGER \"enact$defined\" ENABLE ALWAYS",
                "ALTER EVENT TRIGGER \"enact$dropped\" ENABLE ALWAYS");
    }
}
