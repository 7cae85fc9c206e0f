package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.List;

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

    /** The facts of two texts of one call together, this one first. */
    public SqlFacts and(SqlFacts other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new SqlFacts(
                joined(this.problems, other.problems),
                joined(this.statements, other.statements),
                joined(this.names, other.names));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }
}
