package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Constructs of SQL behind which anything may happen to tables. */
final class HiddenCode {

    /** They reach the session or files and no table. */
    private static final List<String> ELSEWHERE = List.of(
            "SET ",
            "RESET ",
            "CREATE EXTENSION",
            "CREATE LANGUAGE",
            "CREATE SERVER",
            "CREATE OPERATOR",
            "CREATE CAST",
            "ALTER SYSTEM",
            "INTO OUTFILE",
            "COPY file",
            "KILL",
            "DETACH",
            "SHUTDOWN");

    /** They name no table and reach all, but run no code. */
    private static final Set<String> CONTAINERS = Set.of(
            "ALL TABLES",
            "DROP SCHEMA",
            "DROP DATABASE",
            "DROP OWNED",
            "DROP CATALOG",
            "DROP TABLESPACE",
            "DROP KEYSPACE");

    private HiddenCode() {}

    /** The first such construct in a text, or {@code null}. */
    static @Nullable String in(SqlFacts facts) {
        for (SqlStatement statement : facts.statements()) {
            for (String danger : statement.dangers()) {
                if (!CONTAINERS.contains(danger) && ELSEWHERE.stream().noneMatch(danger::startsWith)) {
                    return danger;
                }
            }
        }
        return null;
    }

    /** The first construct that reaches tables it does not name, or {@code null}. */
    static @Nullable String reachingTables(SqlFacts facts) {
        String code = in(facts);
        if (code != null) {
            return code;
        }
        for (SqlStatement statement : facts.statements()) {
            for (String danger : statement.dangers()) {
                if (CONTAINERS.contains(danger)) {
                    return danger;
                }
            }
        }
        return null;
    }
}
