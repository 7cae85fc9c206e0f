package cloud.enact.analysis.sql;

import java.util.List;
import java.util.Set;

/** What is known of functions by their names. */
final class SqlFunctions {

    /** Run text, reach files, other servers or other sessions. */
    private static final Set<String> DANGEROUS = SqlWords.words("set_config crosstab connectby ts_stat xpath_table "
            + "load_extension load_file writefile readfile sys_exec sys_eval openrowset openquery opendatasource "
            + "pg_terminate_backend pg_cancel_backend pg_reload_conf pg_rotate_logfile pg_promote pg_switch_wal "
            + "pg_stat_file pg_execute_server_program pg_replication_origin_drop execute_query exec_immediate "
            + "query_execute fts3_tokenizer ts_rewrite pg_notify_backend pg_logical_emit_message");

    private static final List<String> PREFIXES = List.of(
            "dblink",
            "lo_",
            "pg_read_",
            "pg_ls_",
            "pg_file_",
            "pg_drop_",
            "pg_create_",
            "pg_backup_",
            "pg_stop_",
            "pg_start_",
            "query_to_",
            "table_to_xml",
            "schema_to_xml",
            "database_to_xml",
            "cursor_to_xml",
            "crosstab",
            "xp_",
            "sp_",
            "dbms_",
            "utl_");

    private static final List<String> DESTROYING = List.of("drop", "delete", "truncate", "purge", "wipe", "erase");

    /** Give one row for many. */
    private static final Set<String> AGGREGATES = SqlWords.words(
            "count sum avg min max bool_and bool_or every stddev variance count_big approx_count_distinct");

    /** Give all values in one row. */
    private static final Set<String> COLLECTING = SqlWords.words(
            "string_agg array_agg json_agg jsonb_agg "
                    + "json_object_agg jsonb_object_agg group_concat xmlagg listagg json_arrayagg json_group_array collect_list");

    private SqlFunctions() {}

    /** Whether calling it does what the text does not show. */
    static boolean isDangerous(String name) {
        if (DANGEROUS.contains(name)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return name.indexOf('_') > 0 && !name.startsWith("json") && isDestroying(name);
    }

    /** A function of somebody's own that says what it does. */
    private static boolean isDestroying(String name) {
        for (String part : name.split("_")) {
            if (DESTROYING.contains(part)) {
                return true;
            }
        }
        return false;
    }

    static boolean isAggregate(String name) {
        return AGGREGATES.contains(name);
    }

    static boolean isCollecting(String name) {
        return COLLECTING.contains(name);
    }
}
