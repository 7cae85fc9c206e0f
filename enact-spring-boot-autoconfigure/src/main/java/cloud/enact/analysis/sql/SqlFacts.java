package cloud.enact.analysis.sql;

import java.util.List;
import java.util.function.Function;

/**
 * What a text of SQL does. Immutable.
 *
 * @param problems why it is not understood, each the end of a sentence; empty when it is
 * @param statements its statements, in order, as far as they are understood
 * @param names every name in the text outside strings and comments, also where it is not understood
 */
public record SqlFacts(List<String> problems, List<SqlStatement> statements, List<SqlName> names) {

    private static final SqlFacts NONE = new SqlFacts(List.of(), List.of(), List.of());

    public SqlFacts {
        problems = List.copyOf(problems);
        statements = List.copyOf(statements);
        names = List.copyOf(names);
    }

    /** No statement at all. */
    public static SqlFacts none() {
        return NONE;
    }

    /** A text nobody can make sense of. */
    public static SqlFacts notUnderstood(String problem) {
        return new SqlFacts(List.of(problem), List.of(), List.of());
    }

    /** Whether every statement is understood. */
    public boolean understood() {
        return this.problems.isEmpty();
    }

    /** Whether there is neither a statement nor a problem. */
    public boolean isEmpty() {
        return this.statements.isEmpty() && this.problems.isEmpty();
    }

    /** The facts of several texts of one call together, in order. */
    public static SqlFacts of(List<SqlFacts> texts) {
        List<SqlFacts> said = texts.stream().filter(facts -> !facts.isEmpty()).toList();
        if (said.size() < 2) {
            return said.isEmpty() ? NONE : said.get(0);
        }
        return new SqlFacts(
                joined(said, SqlFacts::problems), joined(said, SqlFacts::statements), joined(said, SqlFacts::names));
    }

    private static <T> List<T> joined(List<SqlFacts> texts, Function<SqlFacts, List<T>> part) {
        return texts.stream().map(part).flatMap(List::stream).toList();
    }
}
