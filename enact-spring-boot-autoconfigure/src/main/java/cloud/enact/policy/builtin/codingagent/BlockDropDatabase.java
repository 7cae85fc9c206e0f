package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.analysis.sql.SqlChange;
import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks dropping a database or schema in any client; asks before a table goes, or all of its rows. */
final class BlockDropDatabase extends CommandPolicy {

    static final String NAME = "coding-agent.block-drop-database";

    static final String HARM = "A database is gone with everything in it.";

    private static final String INSTEAD = " Make a dump, and ask a person to do it.";

    private static final Set<String> WHOLE = Set.of("DATABASE", "SCHEMA", "KEYSPACE", "OWNED", "TABLESPACE", "CATALOG");

    private static final List<String> CALLS = List.of("dropdatabase", "drop_database", "deletemany({})", "remove({})");

    /** Clients of databases whose language nobody here reads further. */
    private static final Set<String> CLIENTS = Set.of(
            "mongosh",
            "mongo",
            "cqlsh",
            "clickhouse-client",
            "clickhouse",
            "influx",
            "cypher-shell",
            "duckdb",
            "bq",
            "cockroach",
            "snowsql",
            "trino",
            "presto",
            "hive",
            "beeline",
            "impala-shell",
            "sqlplus",
            "isql",
            "usql",
            "pgcli",
            "mycli",
            "ysqlsh",
            "athena",
            "spark-sql",
            "sqlcmd");

    private static final Set<String> PROGRAMS = Set.of("python", "javascript", "ruby", "perl", "php");

    /** Subcommands that are given code. */
    private static final Set<String> RUNNERS = Set.of("runner", "tinker", "shell", "shell_plus", "console");

    private static final List<String> BULKS = List.of(
            "delete_all",
            "destroy_all",
            "objects.all().delete()",
            "drop_all(",
            "drop_table",
            "droptable",
            "->truncate()",
            "::truncate()",
            "::query()->delete()",
            "truncatetable",
            "dropschema",
            "deletemany({})",
            "dropdatabase");

    private static final List<String> BEYOND =
            List.of(("program xp_cmdshell pg_read_ pg_write_ pg_ls_ lo_import lo_export outfile dumpfile load_file "
                            + "load_extension dblink pg_execute_server pg_terminate")
                    .split(" "));

    private static final List<String> RIGHTS = List.of(
            "topublic",
            "alteruserpostgres",
            "alterrolepostgres",
            "alteruserroot",
            "alteruser'root'",
            "withsuperuser",
            "alterusersa",
            "disablerowlevelsecurity",
            "altersystem",
            "disabletrigger",
            "revokeall",
            "setglobalread_only",
            "detachtable");

    /** Conditions of MongoDB, without blanks and in small letters. */
    private static final List<String> ALWAYS_TRUE = List.of(
            "$exists:true", "$ne:null", "$nin:[]", "$exists\":true", "$ne\":null", "$where:\"true\"", "$gte:minkey");

    private static final Set<String> SYSTEMS = Set.of("database", "db", "sql", "postgres", "mysql", "mongo", "redis");

    private static final Set<String> DATABASES = Set.of("database", "databases", "schema");

    private static final Set<String> PARTS = Set.of("table", "row", "rows", "record", "user");

    private static final Set<String> KEY_STORES = Set.of("redis-cli", "valkey-cli", "keydb-cli");

    private static final Set<String> KEY_DELETIONS = Set.of("del", "unlink");

    BlockDropDatabase() {
        super(NAME, "No database is dropped.", "drop truncate dropdb mysqladmin psql mysql sqlite mongo redis flush");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.has(InputName.SQL) || inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        if (takesAway(inputs.words(), DATABASES) && inputs.words().indexInOperation(PARTS) < 0) {
            return block("The action drops a database." + INSTEAD);
        }
        return judge(inputs.sql());
    }

    private @Nullable Verdict judge(SqlFacts sql) {
        Verdict doubt = null;
        for (SqlStatement statement : sql.statements()) {
            if (statement.verb().startsWith("DROP")) {
                List<String> words = List.of(statement.verb().split(" "));
                if (words.stream().anyMatch(WHOLE::contains)) {
                    return block("The statement drops a database or schema." + INSTEAD);
                }
                if (words.contains("TABLE")) {
                    doubt = ask("The statement drops a table with all of its rows." + INSTEAD);
                } else if (words.contains("USER") || words.contains("ROLE")) {
                    doubt = ask("The statement drops an account, perhaps with what it owns." + INSTEAD);
                }
            }
            for (SqlChange change : statement.changes()) {
                if (change.verb().equals("TRUNCATE")) {
                    doubt = ask("The statement takes all rows of a table away." + INSTEAD);
                }
            }
            if (statement.dangers().stream().anyMatch(BlockDropDatabase::leavesTables)) {
                doubt = ask("The statement runs programs or touches files of the server. Ask a person to run it.");
            }
            if (statement.verb().startsWith("TRUNCATE")) {
                doubt = ask("The statement takes all rows of a table away." + INSTEAD);
            }
        }
        return doubt;
    }

    private static boolean leavesTables(String danger) {
        String folded = danger.toLowerCase(Locale.ROOT);
        return BEYOND.stream().anyMatch(folded::contains);
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, each -> each.family() == Family.DATABASE);
        if (found != null) {
            return block(quoted(found.phrase()) + " takes a database or what is in it away." + INSTEAD);
        }
        for (ShellCommand command : shell.commands()) {
            boolean keys = KEY_STORES.contains(command.name())
                    && command.argv().stream().anyMatch(word -> KEY_DELETIONS.contains(word.toLowerCase(Locale.ROOT)));
            if (keys && isForMany(command)) {
                return ask("The command deletes keys that only something else names." + INSTEAD);
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            boolean alters = code.language().equals("sql") || KEY_STORES.contains(code.language());
            String folded = alters ? withoutSpaces(code.text().toLowerCase(Locale.ROOT)) : "";
            if (folded.contains("altertable") && folded.contains("dropcolumn")) {
                return ask("The statement drops a column with what is in it." + INSTEAD);
            }
            if (folded.contains("altertable") && folded.contains("deletewhere")) {
                return ask("The statement deletes rows of a table for good." + INSTEAD);
            }
            if (alters && RIGHTS.stream().anyMatch(folded::contains)) {
                return ask(
                        "The statement changes who may do what in a database, or how it runs. Ask a person to run it.");
            }
            if (KEY_STORES.contains(code.language()) && flushes(code.text())) {
                return block("The script takes all keys of a database away." + INSTEAD);
            }
        }
        for (String text : codeTexts(shell)) {
            String folded = withoutSpaces(text.toLowerCase(Locale.ROOT));
            if (BULKS.stream().anyMatch(folded::contains)) {
                return ask("The code takes all rows of a table away." + INSTEAD);
            }
        }
        for (String text : clientTexts(shell)) {
            String folded = withoutSpaces(text.toLowerCase(Locale.ROOT));
            if (CALLS.stream().anyMatch(folded::contains)
                    || WHOLE.stream().anyMatch(what -> folded.contains("drop" + what.toLowerCase(Locale.ROOT)))) {
                return block("The script drops a database." + INSTEAD);
            }
            if (folded.contains("deletemany(") && ALWAYS_TRUE.stream().anyMatch(folded::contains)) {
                return ask("The script deletes documents by a condition that all of them meet." + INSTEAD);
            }
            if (folded.contains("updatemany({},")
                    || folded.contains("dropuser(")
                    || folded.contains("dropallusers")
                    || folded.contains("shutdown")) {
                return ask("The script changes every document of a collection, takes users away or stops the database."
                        + INSTEAD);
            }
            if (folded.contains(".drop()") || folded.contains("droptable") || folded.contains("truncate")) {
                return ask("The script drops a table or a collection." + INSTEAD);
            }
        }
        return null;
    }

    /** Whether a line of a client of Redis, or a script it runs there, empties databases. */
    private static boolean flushes(String text) {
        for (String line : text.toLowerCase(Locale.ROOT).split("\n", -1)) {
            String command = line.strip();
            if (command.startsWith("flushall")
                    || command.startsWith("flushdb")
                    || command.contains("call('flush")
                    || command.contains("call(\"flush")) {
                return true;
            }
        }
        return false;
    }

    /** Code that runs with the models of an application. */
    private static List<String> codeTexts(ShellFacts shell) {
        List<String> texts = new ArrayList<>();
        for (InlineCode code : shell.inlineCode()) {
            if (PROGRAMS.contains(code.language())) {
                texts.add(code.text());
            }
        }
        for (ShellCommand command : shell.commands()) {
            if (command.argv().stream().anyMatch(RUNNERS::contains)) {
                command.arguments().stream().map(ShellWord::text).forEach(texts::add);
            }
        }
        return texts;
    }

    /** What clients that read no SQL of PostgreSQL are given to run. */
    private static List<String> clientTexts(ShellFacts shell) {
        List<String> texts = new ArrayList<>();
        for (InlineCode code : shell.inlineCode()) {
            boolean client =
                    CLIENTS.contains(code.language()) || code.language().startsWith("mongo");
            boolean program = PROGRAMS.contains(code.language());
            if (client
                    || program && code.text().contains("execute")
                    || program && code.text().contains("query")) {
                texts.add(code.text());
            }
        }
        for (ShellCommand command : shell.commands()) {
            if (CLIENTS.contains(command.name()) || command.argv().contains("prisma")) {
                command.arguments().stream().map(ShellWord::text).forEach(texts::add);
                command.redirections()
                        .forEach(redirection -> texts.add(redirection.target().text()));
            }
        }
        return texts;
    }

    private static String withoutSpaces(String text) {
        StringBuilder dense = new StringBuilder(text.length());
        text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> dense.append((char) c));
        return dense.toString();
    }
}
