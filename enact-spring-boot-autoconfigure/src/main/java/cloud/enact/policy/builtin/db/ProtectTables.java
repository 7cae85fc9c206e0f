package cloud.enact.policy.builtin.db;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks whatever touches a protected table, reading or writing. */
final class ProtectTables extends ArgumentPolicy {

    static final String NAME = "db.protect-tables";

    static final String HARM = "Rows that must stay as they are, or stay private, are changed or read.";

    private static final Set<String> DATABASES =
            Set.of(("db database sql postgres postgresql pg mysql mariadb sqlite oracle mssql sqlserver "
                            + "jdbc jpa bigquery snowflake redshift clickhouse duckdb h2 supabase")
                    .split(" "));

    /** How statements that reach tables begin. */
    private static final Set<String> STATEMENTS =
            Set.of(("select with insert update delete merge create alter drop truncate grant revoke copy "
                            + "explain values table call do exec execute begin replace lock declare prepare analyze "
                            + "vacuum rename from handler import export unload load pivot")
                    .split(" "));

    private static final List<InputName> PARTS = List.of(InputName.SCRIPT, InputName.CLAUSE);

    /** What a condition must hold before it can reach another table. */
    private static final List<String> REACHING = List.of("select", "table", "from", "join", ";");

    private final List<String> names;

    private final List<List<String>> tables = new ArrayList<>();

    ProtectTables(PolicyParameters with) {
        super(NAME, "No protected table is touched.");
        this.names = with.strings("tables");
        for (String name : this.names) {
            List<String> parts = new ArrayList<>();
            for (String part : name.split("\\.")) {
                String plain = unquoted(part.strip());
                if (plain.isEmpty()) {
                    throw with.wrong("tables", "holds something that is no table", "Write users or public.users.");
                }
                parts.add(SqlNames.folded(plain));
            }
            this.tables.add(List.copyOf(parts));
        }
    }

    private static String unquoted(String name) {
        int start = (!name.isEmpty() && "\"`[".indexOf(name.charAt(0)) >= 0) ? 1 : 0;
        boolean closed = name.length() > start && "\"`]".indexOf(name.charAt(name.length() - 1)) >= 0;
        return name.substring(start, closed ? name.length() - 1 : name.length());
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return inputs.has(InputName.TABLE)
                || inputs.has(InputName.SQL)
                || isDatabase(inputs) && (inputs.has(InputName.SCRIPT) || inputs.has(InputName.CLAUSE));
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.TABLE)) {
            return block("The table is too long to be a table. Name one table that is not protected.");
        }
        for (String table : inputs.texts(InputName.TABLE)) {
            if (this.names.stream().anyMatch(table::equalsIgnoreCase)) {
                return block(protectedTable(table));
            }
            if (table.equals("*")) {
                return block("All tables include protected ones. Name the tables that are needed.");
            }
            Verdict verdict = judge(SqlNames.of(table), "The name of the table ");
            if (verdict != null) {
                return verdict;
            }
        }
        boolean database = isDatabase(inputs);
        for (String sql : inputs.texts(InputName.SQL)) {
            SqlNames statement = SqlNames.of(sql);
            // a question to a search engine is called a query, too
            Verdict verdict =
                    (database || statement.beginsWith(STATEMENTS)) ? judge(statement, "The statement ") : null;
            if (verdict != null) {
                return verdict;
            }
        }
        for (String where : inputs.texts(InputName.WHERE)) {
            // a condition reaches another table only through a query of its own, or by ending the statement
            if (mayReachTables(where)) {
                Verdict verdict = judge(SqlNames.of(where), "The condition ");
                if (verdict != null) {
                    return verdict;
                }
            }
        }
        return database ? judgeParts(inputs) : pass();
    }

    /** What a database gets to run, or to put into a statement. */
    private Verdict judgeParts(PolicyInputs inputs) {
        for (InputName name : PARTS) {
            for (String part : inputs.texts(name)) {
                Verdict verdict = judge(SqlNames.of(part), "The statement ");
                if (verdict != null) {
                    return verdict;
                }
            }
        }
        return pass();
    }

    private static boolean isDatabase(PolicyInputs inputs) {
        return inputs.named() || inputs.words().hasAny(DATABASES);
    }

    private static boolean mayReachTables(String where) {
        String folded = where.toLowerCase(Locale.ROOT);
        return REACHING.stream().anyMatch(folded::contains);
    }

    private static String protectedTable(String name) {
        return "The table " + quoted(name) + " is protected. Leave it out, or ask a maintainer to do it.";
    }

    private @Nullable Verdict judge(SqlNames found, String what) {
        for (int i = 0; i < this.tables.size(); i++) {
            if (found.mention(this.tables.get(i))) {
                return block(protectedTable(this.names.get(i)));
            }
        }
        return (found.problem() != null)
                ? block(what + found.problem() + ", so nobody can say which tables it touches. Write it plainly.")
                : null;
    }
}
