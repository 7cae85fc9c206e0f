package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads SQL as PostgreSQL would run it, and as MySQL and its like would where they disagree on the end of a string or a
 * comment: then both must come to the same. What is not simple is read by a second grammar as well, where it is on the
 * class path. Thread-safe.
 *
 * <p>Only PostgreSQL is read fully. Of other dialects it knows quotes, comments and the statements that change things;
 * what it does not know is not understood.
 */
public final class SqlAnalyzer {

    private static final int LONGEST = 256 * 1024;

    private static final String TOO_LONG = "is longer than " + LONGEST + " characters";

    /** Tokens that show what a text is. */
    private static final int BEGINNING = 40;

    private static final Set<String> ENGLISH =
            SqlWords.words("the my your our their his her me you we how what why which please about this these that");

    private static final String TWO_WAYS = "is read in two ways by databases";

    /**
     * Analyses statements for a database that nobody has named.
     *
     * @param text hostile text
     */
    public SqlFacts analyze(String text) {
        return analyze(text, false);
    }

    /**
     * Analyses statements that PostgreSQL runs and no other database.
     *
     * @param text hostile text
     */
    public SqlFacts analyzeForPostgres(String text) {
        return analyze(text, true);
    }

    private static SqlFacts analyze(String text, boolean postgres) {
        if (text.isBlank()) {
            return SqlFacts.none();
        }
        if (text.length() > LONGEST) {
            return SqlFacts.notUnderstood(TOO_LONG);
        }
        SqlReading plain = new SqlReading(text, SqlDialect.POSTGRES);
        SqlFacts facts =
                plain.isAmbiguous() ? agreed(plain, new SqlReading(text, SqlDialect.MYSQL), postgres) : facts(plain);
        String doubt = facts.understood() ? Agreement.problem(text, plain) : null;
        return (doubt == null) ? facts : new SqlFacts(List.of(doubt), facts.statements(), facts.names());
    }

    /**
     * Analyses a condition as it stands behind WHERE.
     *
     * @param where hostile text
     */
    public SqlFacts condition(String where) {
        return where.isBlank() ? SqlFacts.none() : analyze("DELETE FROM \"\" WHERE " + withoutWhere(where));
    }

    private static String withoutWhere(String where) {
        String text = where.strip();
        boolean complete = text.regionMatches(true, 0, "where", 0, 5)
                && text.length() > 5
                && !Character.isLetterOrDigit(text.charAt(5))
                && text.charAt(5) != '_';
        return complete ? text.substring(5) : text;
    }

    /**
     * Weighs a condition for the rows of a table. One that can't be read limits nothing for sure.
     *
     * @param where hostile text
     * @param table the table, for conditions that query it again
     */
    public SqlCondition condition(String where, String table) {
        SqlFacts facts = condition(where);
        if (facts.isEmpty()) {
            return SqlCondition.NONE;
        }
        SqlFacts named = tables(table);
        boolean plain = named.understood()
                && named.statements().size() == 1
                && named.statements().get(0).sources().size() == 1
                // SELECT, FROM and the name
                && named.names().size() == 3;
        if (plain) {
            facts = analyze("DELETE FROM " + table + " WHERE " + withoutWhere(where));
        }
        if (!facts.understood()
                || facts.statements().size() != 1
                || facts.statements().get(0).changes().isEmpty()) {
            return SqlCondition.NONE;
        }
        return facts.statements().get(0).changes().get(0).condition();
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

    /**
     * Finds the names in a part of a statement.
     *
     * @param text hostile text
     */
    public SqlFacts names(String text) {
        if (text.length() > LONGEST) {
            return SqlFacts.notUnderstood(TOO_LONG);
        }
        SqlReading reading = new SqlReading(text, SqlDialect.POSTGRES);
        String problem = reading.unreadable();
        return new SqlFacts(
                (problem == null) ? List.of() : List.of(problem), List.of(), SqlNames.all(reading.tokens()));
    }

    /**
     * Whether a text begins as a statement does and not as a sentence of English, or so that nobody can say how it
     * begins.
     *
     * @param text hostile text
     */
    public boolean beginsStatement(String text) {
        SqlLexer lexer = new SqlLexer(text, SqlDialect.POSTGRES);
        if (!lexer.readNext()) {
            return lexer.problem() != null;
        }
        return StatementReader.isVerb(lexer.tokens().get(0)) && !isSentence(lexer);
    }

    /** Reads no further than it takes: what stands in no sentence mostly comes early. */
    private static boolean isSentence(SqlLexer lexer) {
        boolean english = false;
        for (int i = 0; i < BEGINNING && (i < lexer.tokens().size() || lexer.readNext()); i++) {
            SqlToken token = lexer.tokens().get(i);
            boolean inSentence = token.isWord()
                    || token.isSymbol(",")
                    || token.isSymbol(".")
                    || token.text().equals("?");
            if (!inSentence) {
                return false;
            }
            english |= token.isWordOf(ENGLISH);
        }
        return english;
    }

    private static SqlFacts facts(SqlReading reading) {
        return new SqlFacts(reading.problems(), reading.statements(), SqlNames.all(reading.tokens()));
    }

    /** What both readings come to; where it is PostgreSQL for sure, the other one only adds what is read. */
    private static SqlFacts agreed(SqlReading one, SqlReading other, boolean postgres) {
        if (postgres
                && (one.neverRuns() || other.neverRuns() || !haveSameEffects(one.statements(), other.statements()))) {
            return facts(one);
        }
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
