package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;

/** Blocks whatever removes rows. */
final class DontDeleteRow extends SqlPolicy {

    static final String NAME = "db.dont-delete-row";

    static final String HARM = "Rows that somebody still needs are gone.";

    private static final String WHETHER = "whether it deletes rows";

    private static final String INSTEAD =
            " Mark the rows as deleted with an UPDATE of one column, or ask a maintainer to delete them.";

    private static final Set<String> DELETING = Set.of("DELETE", "TRUNCATE");

    /** They take the rows along. */
    private static final Set<String> REMOVING = Set.of("DROP TABLE", "DROP SCHEMA", "DROP DATABASE", "DROP OWNED");

    DontDeleteRow() {
        super(NAME, "No row is deleted.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return !inputs.sql().isEmpty() || RowAction.of(inputs).deletes();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        SqlFacts facts = inputs.sql();
        for (SqlStatement statement : facts.statements()) {
            boolean deletes = statement.changes().stream().anyMatch(change -> DELETING.contains(change.verb()));
            if (deletes || REMOVING.contains(statement.verb())) {
                return block("The statement deletes rows." + INSTEAD);
            }
        }
        if (!facts.understood()) {
            return unclear(inputs, facts, WHETHER);
        }
        String hidden = HiddenCode.in(facts);
        if (hidden != null) {
            return hidden(hidden, WHETHER);
        }
        return (facts.isEmpty() && RowAction.of(inputs).deletes()) ? block("The call deletes rows." + INSTEAD) : pass();
    }
}
