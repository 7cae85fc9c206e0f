package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlChange;
import cloud.enact.analysis.sql.SqlCondition;
import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;

/** Blocks a change of rows that nothing keeps from reaching every row. */
final class BoundedChange extends SqlPolicy {

    static final String DELETE = "db.dont-delete-without-where";

    static final String DELETE_HARM = "A deletion without a condition empties a whole table.";

    static final String UPDATE = "db.dont-update-without-where";

    static final String UPDATE_HARM = "An update without a condition overwrites every row of a table.";

    private final boolean deletion;

    private final Set<String> verbs;

    private BoundedChange(String name, boolean deletion, Set<String> verbs) {
        super(name, "The change is limited to some rows.");
        this.deletion = deletion;
        this.verbs = verbs;
    }

    static BoundedChange ofDelete() {
        return new BoundedChange(DELETE, true, Set.of("DELETE", "TRUNCATE", "MERGE"));
    }

    static BoundedChange ofUpdate() {
        return new BoundedChange(UPDATE, false, Set.of("UPDATE", "MERGE"));
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        SqlFacts facts = inputs.sql();
        return facts.isEmpty() ? isStructured(inputs) : !facts.understood() || concerns(facts) || hides(facts);
    }

    private boolean concerns(SqlFacts facts) {
        return facts.statements().stream()
                .flatMap(statement -> statement.changes().stream())
                .anyMatch(change -> this.verbs.contains(change.verb()));
    }

    private static boolean hides(SqlFacts facts) {
        return HiddenCode.in(facts) != null;
    }

    private boolean isStructured(PolicyInputs inputs) {
        RowAction action = RowAction.of(inputs);
        return this.deletion ? action.deletes() : action.updates();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        SqlFacts facts = inputs.sql();
        for (SqlStatement statement : facts.statements()) {
            for (SqlChange change : statement.changes()) {
                if (this.verbs.contains(change.verb()) && change.condition() != SqlCondition.PRESENT) {
                    return unbounded(
                            change.condition(), "table " + quoted(change.table().toString()));
                }
            }
        }
        String whether = this.deletion ? "which rows it deletes" : "which rows it changes";
        if (!facts.understood()) {
            return unclear(inputs, facts, whether);
        }
        String hidden = HiddenCode.in(facts);
        if (hidden != null) {
            return hidden(hidden, whether);
        }
        if (facts.isEmpty() && isStructured(inputs)) {
            SqlCondition condition = new RowSelection(inputs).of(inputs);
            if (condition != SqlCondition.PRESENT) {
                String table = inputs.texts(InputName.TABLE).stream()
                        .findFirst()
                        .map(name -> "table " + quoted(name))
                        .orElse("table");
                return unbounded(condition, table);
            }
        }
        return pass();
    }

    private Verdict unbounded(SqlCondition condition, String table) {
        String why = (condition == SqlCondition.NONE) ? "There is no condition" : "The condition holds for every row";
        String what = this.deletion ? "deleted" : "changed";
        return block(why + ", so every row of the " + table + " would be " + what
                + ". Name the rows in a condition, such as WHERE id = 42.");
    }
}
