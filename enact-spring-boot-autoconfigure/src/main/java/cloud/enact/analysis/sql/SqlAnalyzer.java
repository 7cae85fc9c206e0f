package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads SQL as PostgreSQL would run it, and as MySQL and its like would where they disagree on the end of a string or a
 * comment: then both must come to the same. Thread-safe.
 */
public final class SqlAnalyzer {

    private static final int LONGEST = 256 * 1024;

    private static final String TWO_WAYS = "is read in two ways by databases";

    /**
     * Analyses statements.
     *
     * @param text hostile text
     */
    public SqlFacts analyze(String text) {
        if (text.isBlank()) {
            return SqlFacts.none();
        }
        if (text.length() > LONGEST) {
            return SqlFacts.notUnderstood("is longer than " + LONGEST + " characters");
        }
        SqlReading plain = new SqlReading(text, SqlDialect.POSTGRES);
        return plain.isAmbiguous() ? agreed(plain, new SqlReading(text, SqlDialect.MYSQL)) : facts(plain);
    }

    /**
     * Analyses a condition as it stands behind WHERE.
     *
     * @param where hostile text
     */
    public SqlFacts condition(String where) {
        String text = where.strip();
        boolean complete = text.regionMatches(true, 0, "where", 0, 5)
                && text.length() > 5
                && !Character.isLetterOrDigit(text.charAt(5))
                && text.charAt(5) != '_';
        return text.isEmpty() ? SqlFacts.none() : analyze("DELETE FROM \"\" " + (complete ? "" : "WHERE ") + text);
    }

    /**
     * Analyses what somebody calls a table: a name in any spelling, several of them, or whatever else may stand behind
     * FROM.
     *
     * @param tables hostile text
     */
    public SqlFacts tables(String tables) {
        return tables.isBlank() ? SqlFacts.none() : analyze("SELECT * FROM " + tables);
    }

    private static SqlFacts facts(SqlReading reading) {
        return new SqlFacts(reading.problems(), reading.statements(), SqlNames.all(reading.tokens()));
    }

    private static SqlFacts agreed(SqlReading one, SqlReading other) {
        if (other.neverRuns() || one.neverRuns()) {
            SqlReading running = other.neverRuns() ? one : other;
            List<SqlName> names = new ArrayList<>(SqlNames.all(one.tokens()));
            names.addAll(SqlNames.all(other.tokens()));
            return new SqlFacts(running.problems(), running.statements(), names);
        }
        Set<String> problems = new LinkedHashSet<>(one.problems());
        problems.addAll(other.problems());
        List<SqlStatement> statements = new ArrayList<>(one.statements());
        if (!haveSameEffects(one.statements(), other.statements())) {
            problems.add(TWO_WAYS);
            statements.addAll(other.statements());
        } else {
            for (int i = 0; i < statements.size(); i++) {
                statements.set(
                        i, withSources(statements.get(i), other.statements().get(i)));
            }
        }
        List<SqlName> names = new ArrayList<>(SqlNames.all(one.tokens()));
        names.addAll(SqlNames.all(other.tokens()));
        return new SqlFacts(List.copyOf(problems), statements, names);
    }

    private static boolean haveSameEffects(List<SqlStatement> one, List<SqlStatement> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            SqlStatement left = one.get(i);
            SqlStatement right = other.get(i);
            if (left.kind() != right.kind()
                    || !left.verb().equals(right.verb())
                    || !left.targets().equals(right.targets())
                    || !left.changes().equals(right.changes())
                    || !left.dangers().equals(right.dangers())) {
                return false;
            }
        }
        return true;
    }

    /** What one of the readings reads from, the other may not see. */
    private static SqlStatement withSources(SqlStatement statement, SqlStatement other) {
        if (Objects.equals(statement.sources(), other.sources())) {
            return statement;
        }
        Set<SqlName> sources = new LinkedHashSet<>(statement.sources());
        sources.addAll(other.sources());
        return new SqlStatement(
                statement.kind(),
                statement.verb(),
                statement.targets(),
                List.copyOf(sources),
                statement.changes(),
                statement.dangers(),
                statement.columns(),
                statement.condition(),
                statement.limited());
    }
}
