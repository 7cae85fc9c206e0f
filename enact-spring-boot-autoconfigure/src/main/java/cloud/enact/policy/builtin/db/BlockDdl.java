package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.analysis.sql.SqlStatement.Kind;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;

/** Blocks whatever changes the definitions in a database. */
final class BlockDdl extends SqlPolicy {

    static final String NAME = "db.block-ddl";

    static final String HARM = "Tables, columns and rights that an application needs are altered or dropped.";

    private static final String WHETHER = "whether it changes definitions";

    private static final String INSTEAD = " Put it into a migration that somebody reviews.";

    private static final Set<String> VERBS = Set.of("CREATE", "ALTER");

    BlockDdl() {
        super(NAME, "No definition is changed.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return !inputs.sql().isEmpty() || RowAction.of(inputs).defines();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        SqlFacts facts = inputs.sql();
        for (SqlStatement statement : facts.statements()) {
            String verb = statement.verb();
            int space = verb.indexOf(' ');
            boolean defines =
                    statement.kind() == Kind.DEFINITION || VERBS.contains(space < 0 ? verb : verb.substring(0, space));
            if (defines) {
                return block("The statement changes definitions (" + verb + ")." + INSTEAD);
            }
        }
        if (!facts.understood()) {
            return unclear(inputs, facts, WHETHER);
        }
        String hidden = HiddenCode.in(facts);
        if (hidden != null) {
            return hidden(hidden, WHETHER);
        }
        return (facts.isEmpty() && RowAction.of(inputs).defines())
                ? block("The call changes definitions." + INSTEAD)
                : pass();
    }
}
