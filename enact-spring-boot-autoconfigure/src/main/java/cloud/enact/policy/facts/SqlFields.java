package cloud.enact.policy.facts;

import cloud.enact.analysis.sql.SqlChange;
import cloud.enact.analysis.sql.SqlName;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.PolicyInputs;
import java.util.List;

/** What is to be seen of SQL. */
final class SqlFields {

    private static final FactType<SqlChange> CHANGE = FactType.<SqlChange>named("change")
            .with("verb", Shape.Simple.TEXT, SqlChange::verb)
            .with("table", Shape.Simple.TEXT, change -> change.table().toString())
            .with("condition", Shape.Simple.TEXT, change -> change.condition().name());

    private static final FactType<SqlStatement> STATEMENT = FactType.<SqlStatement>named("statement")
            .with("kind", Shape.Simple.TEXT, statement -> statement.kind().name())
            .with("verb", Shape.Simple.TEXT, SqlStatement::verb)
            .with("targets", Texts.SHAPE, statement -> texts(statement.targets()))
            .with("sources", Texts.SHAPE, statement -> texts(statement.sources()))
            .withThings("changes", CHANGE, SqlStatement::changes)
            .with("dangers", Texts.SHAPE, SqlStatement::dangers)
            .with("columns", Texts.SHAPE, SqlStatement::columns)
            .with(
                    "condition",
                    Shape.Simple.TEXT,
                    statement -> statement.condition().name())
            .with("limited", Shape.Simple.TRUTH, SqlStatement::limited);

    /** The variable {@code sql}. */
    static final FactType<PolicyInputs> SQL = FactType.<PolicyInputs>named("sql")
            .with("parseOk", Shape.Simple.TRUTH, call -> call.sql().understood())
            .with("problems", Texts.SHAPE, call -> call.sql().problems())
            .withThings("statements", STATEMENT, call -> call.sql().statements())
            .with("names", Texts.SHAPE, call -> texts(call.sql().names()));

    private SqlFields() {}

    private static List<String> texts(List<SqlName> names) {
        return names.stream().map(SqlName::toString).toList();
    }
}
