package cloud.enact.policy.builtin.access;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.db.TableNames;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks reading of listed tables; writing to them is another policy's business. */
final class DontReadSensitiveTables extends ArgumentPolicy {

    static final String NAME = "access.dont-read-sensitive-tables";

    static final String HARM = "Rows that are not meant for agents get into prompts, logs and messages.";

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    private static final Set<String> WRITES =
            Set.of(("insert create update delete write upsert add put drop truncate remove append save set patch merge "
                            + "replace alter")
                    .split(" "));

    private static final Set<String> READS =
            Set.of("select read query get fetch list find search export dump copy returning scan count".split(" "));

    private static final Set<String> DUMPS =
            Set.of("pg_dump", "mysqldump", "mariadb-dump", "mongodump", "mongoexport", "bcp");

    private final TableNames tables;

    DontReadSensitiveTables(PolicyParameters with) {
        super(NAME, "No sensitive table is read.");
        this.tables = new TableNames(with, "tables");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return inputs.has(InputName.TABLE)
                || inputs.has(InputName.SQL)
                || inputs.has(InputName.COMMAND) && (!inputs.sql().isEmpty() || dumps(inputs));
    }

    private static boolean dumps(PolicyInputs inputs) {
        return inputs.shell().commands().stream().anyMatch(command -> DUMPS.contains(command.name()));
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.TABLE)) {
            return block("The table is too long to be a table. Name one table that is not sensitive.");
        }
        if (!onlyWrites(inputs.words())) {
            for (String text : inputs.texts(InputName.TABLE)) {
                String table = this.tables.hold(text) ? text : sensitive(ANALYZER.tables(text));
                if (table != null || text.equals("*")) {
                    return objection(text);
                }
            }
        }
        for (String where : inputs.texts(InputName.WHERE)) {
            String table = sensitive(ANALYZER.condition(where));
            if (table != null) {
                return objection(table);
            }
        }
        String table = sensitive(inputs.sql());
        if (table == null && inputs.has(InputName.COMMAND)) {
            table = dumped(inputs);
        }
        if (table != null) {
            return objection(table);
        }
        return unclear(inputs.sql())
                ? ask("Nobody can tell which tables the statement reads. Write it plainly.")
                : pass();
    }

    private static boolean onlyWrites(ActionWords words) {
        return !words.isRead() && words.indexInOperation(WRITES) >= 0 && words.indexInOperation(READS) < 0;
    }

    private static boolean unclear(SqlFacts sql) {
        return !sql.understood()
                || sql.statements().stream().anyMatch(statement -> statement.kind() == SqlStatement.Kind.OPAQUE);
    }

    /** The first sensitive table that is read, as the configuration names it. */
    private @Nullable String sensitive(SqlFacts sql) {
        for (SqlStatement statement : sql.statements()) {
            String table = this.tables.firstIn(statement.sources());
            if (table == null && returnsRows(sql)) {
                table = this.tables.firstIn(statement.targets());
            }
            if (table != null) {
                return table;
            }
        }
        return sql.understood() ? null : this.tables.firstIn(sql.names());
    }

    /** What a change returns, it reads. */
    private static boolean returnsRows(SqlFacts sql) {
        return sql.names().stream()
                .anyMatch(name ->
                        name.name().equalsIgnoreCase("returning") || name.name().equalsIgnoreCase("copy"));
    }

    /** A dump without tables has all of them. */
    private @Nullable String dumped(PolicyInputs inputs) {
        for (ShellCommand command : inputs.shell().commands()) {
            if (!DUMPS.contains(command.name())
                    || command.hasFlag("s", "schema-only", "no-data", "d", "help", "version")) {
                continue;
            }
            boolean selected = command.hasFlag("t", "table", "tables", "c", "collection");
            for (String word : command.argv().subList(1, command.argv().size())) {
                String name = word.startsWith("-t") && word.length() > 2
                        ? word.substring(2)
                        : word.substring(word.indexOf('=') + 1);
                String table = this.tables.hold(name) ? name : sensitive(ANALYZER.tables(name));
                if (!word.isEmpty() && table != null) {
                    return table;
                }
            }
            if (!selected) {
                return "*";
            }
        }
        return null;
    }

    private Verdict objection(String table) {
        return block("The table " + quoted(table) + " is sensitive and must not be read. "
                + "Do without it, or ask somebody who may read it.");
    }
}
