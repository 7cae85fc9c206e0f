package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Blocks whatever touches a protected table, reading or writing. */
final class ProtectTables extends SqlPolicy {

    static final String NAME = "db.protect-tables";

    static final String HARM = "Rows that must stay as they are, or stay private, are changed or read.";

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    private static final String WHICH = "which tables it touches";

    /** What a condition must hold before it can reach another table. */
    private static final List<String> REACHING = List.of("select", "table", "from", "join", ";");

    private final TableNames tables;

    ProtectTables(PolicyParameters with) {
        super(NAME, "No protected table is touched.");
        this.tables = new TableNames(with, "tables");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return inputs.has(InputName.TABLE)
                || inputs.has(InputName.SQL)
                || isDatabase(inputs) && (inputs.has(InputName.SCRIPT) || inputs.has(InputName.CLAUSE))
                || !inputs.sql().isEmpty();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.TABLE)) {
            return block("The table is too long to be a table. Name one table that is not protected.");
        }
        for (String table : inputs.texts(InputName.TABLE)) {
            if (this.tables.hold(table)) {
                return block(protectedTable(table));
            }
            if (table.equals("*")) {
                return block("All tables include protected ones. Name the tables that are needed.");
            }
            Verdict verdict = judge(inputs, ANALYZER.tables(table));
            if (verdict != null) {
                return verdict;
            }
        }
        Verdict statement = judge(inputs, inputs.sql());
        if (statement != null) {
            return statement;
        }
        for (String where : inputs.texts(InputName.WHERE)) {
            // a condition reaches another table only through a query of its own, or by ending the statement
            Verdict verdict = mayReachTables(where) ? judge(inputs, ANALYZER.condition(where)) : null;
            if (verdict != null) {
                return verdict;
            }
        }
        return isDatabase(inputs) ? judgeParts(inputs) : pass();
    }

    /** What is put into a statement: where it ends up in it, nobody knows. */
    private Verdict judgeParts(PolicyInputs inputs) {
        for (String part : inputs.texts(InputName.CLAUSE)) {
            SqlFacts found = ANALYZER.names(part);
            String table = this.tables.firstIn(found.names());
            if (table != null) {
                return block(protectedTable(table));
            }
            if (!found.understood()) {
                return unclear(inputs, found, WHICH);
            }
        }
        return pass();
    }

    private @Nullable Verdict judge(PolicyInputs inputs, SqlFacts facts) {
        for (SqlStatement statement : facts.statements()) {
            String target = this.tables.firstIn(statement.targets());
            String table = (target != null) ? target : this.tables.firstIn(statement.sources());
            if (table != null) {
                return block(protectedTable(table));
            }
        }
        if (!facts.understood()) {
            String table = this.tables.firstIn(facts.names());
            return (table != null) ? block(protectedTable(table)) : unclear(inputs, facts, WHICH);
        }
        String hidden = HiddenCode.reachingTables(facts);
        return (hidden != null) ? hidden(hidden, WHICH) : null;
    }

    private static boolean mayReachTables(String where) {
        String folded = where.toLowerCase(Locale.ROOT);
        return REACHING.stream().anyMatch(folded::contains);
    }

    private static String protectedTable(String name) {
        return "The table " + quoted(name) + " is protected. Leave it out, or ask a maintainer to do it.";
    }
}
