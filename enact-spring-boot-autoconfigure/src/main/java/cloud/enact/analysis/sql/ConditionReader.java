package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells a condition that limits rows from one that holds for all of them. What it can't work out limits, unless it
 * names no column at all: then it is the same for every row.
 */
final class ConditionReader {

    private static final Set<String> COMPARISONS =
            SqlWords.words("= == <=> <> != < > <= >= ~ !~ ~* !~* ~~ ~~* !~~ !~~*");

    private static final Set<String> COMPARING =
            SqlWords.words("like ilike in between similar regexp rlike glob match is");

    /** Besides WHERE, these leave out rows. */
    private static final Set<String> LIMITS = SqlWords.words("having limit offset fetch intersect except on using");

    private final TokenCursor cursor;

    private final int from;

    private final int to;

    private final List<SqlName> changed;

    /**
     * Creates a reader.
     *
     * @param cursor where the tokens are
     * @param changed the tables whose rows it chooses
     */
    ConditionReader(TokenCursor cursor, int from, int to, List<SqlName> changed) {
        this.cursor = cursor;
        this.from = from;
        this.to = to;
        this.changed = changed;
    }

    SqlCondition condition() {
        if (this.from >= this.to) {
            return SqlCondition.NONE;
        }
        Truth truth = any(this.from, this.to);
        if (truth == Truth.ROW && holdsWithBarsAsOr()) {
            return SqlCondition.TRIVIAL;
        }
        return (truth == Truth.TRUE || truth == Truth.OPEN) ? SqlCondition.TRIVIAL : SqlCondition.PRESENT;
    }

    /** For MySQL two bars are an OR. */
    private boolean holdsWithBarsAsOr() {
        List<int[]> parts = split(this.from, this.to, token -> token.isSymbol("||") || token.isWord("or"));
        return parts.size() > 1 && parts.stream().anyMatch(part -> all(part[0], part[1]) == Truth.TRUE);
    }

    private Truth any(int start, int end) {
        List<int[]> parts = split(start, end, token -> token.isWord("or") || token.isWord("xor"));
        if (parts.size() == 1) {
            return all(start, end);
        }
        Truth truth = Truth.FALSE;
        Alternatives alternatives = new Alternatives();
        for (int[] part : parts) {
            truth = truth.or(all(part[0], part[1]));
            addAlternative(alternatives, part[0], part[1]);
        }
        return alternatives.coverEverything() ? Truth.TRUE : truth;
    }

    /** Adds what an alternative compares, behind any NOT and parentheses. */
    private void addAlternative(Alternatives alternatives, int start, int end) {
        int from = start;
        int to = end;
        boolean negated = false;
        while (from < to) {
            if (token(from).isWord("not")) {
                negated = !negated;
                from++;
            } else if (token(from).isSymbol("(") && closing(from) == to - 1) {
                from++;
                to--;
            } else {
                break;
            }
        }
        if (split(from, to, token -> token.isWord("or") || token.isWord("and")).size() > 1) {
            return;
        }
        Comparison comparison = comparison(from, to);
        if (comparison == null) {
            alternatives.add(new Operand(this.cursor, from, to).key(), negated);
        } else {
            alternatives.add(negated ? comparison.inverse() : comparison);
        }
    }

    private Truth all(int start, int end) {
        Truth truth = Truth.TRUE;
        for (int[] part : split(start, end, token -> token.isWord("and") || token.isSymbol("&&"))) {
            truth = truth.and(not(part[0], part[1]));
        }
        return truth;
    }

    private Truth not(int start, int end) {
        int at = start;
        boolean negated = false;
        while (at < end && (token(at).isWord("not") || token(at).isSymbol("!"))) {
            negated = !negated;
            at++;
        }
        Truth truth = predicate(at, end);
        return negated ? truth.not() : truth;
    }

    private Truth predicate(int start, int end) {
        if (start >= end) {
            return Truth.ROW;
        }
        if (token(start).isSymbol("(") && closing(start) == end - 1) {
            boolean query = token(start + 1).isWordOf(SqlWords.QUERIES);
            return query ? query(start + 1, end - 1) : any(start + 1, end - 1);
        }
        if (token(start).isWord("exists") && token(start + 1).isSymbol("(") && closing(start + 1) == end - 1) {
            return query(start + 2, end - 1);
        }
        Comparison comparison = comparison(start, end);
        if (comparison != null) {
            return comparison.isTruthTest() ? truthTest(comparison) : comparison.truth();
        }
        return new Operand(this.cursor, start, end).truth();
    }

    /** {@code (…) IS TRUE}, {@code (…) IS NOT FALSE}. */
    private Truth truthTest(Comparison comparison) {
        Operand left = comparison.left();
        Truth truth = any(left.from(), left.to());
        return comparison.isAffirmative() ? truth : truth.not();
    }

    /** A query holds for every row when nothing limits it. */
    private Truth query(int start, int end) {
        List<int[]> parts = split(start, end, token -> token.isWord("where"));
        boolean plain = true;
        for (int i = start; i < end; i++) {
            plain &= !token(i).isWordOf(LIMITS);
        }
        if (!plain || parts.size() > 2) {
            return Truth.ROW;
        }
        return (parts.size() == 1)
                ? Truth.TRUE
                : (any(parts.get(1)[0], parts.get(1)[1]) == Truth.TRUE) ? Truth.TRUE : Truth.ROW;
    }

    /** The comparison that a part is, or {@code null}. */
    private @Nullable Comparison comparison(int start, int end) {
        int cases = 0;
        for (int i = start; i < end; i++) {
            SqlToken token = token(i);
            if (token.isSymbol("(")) {
                i = closing(i);
            } else if (token.isWord("case")) {
                cases++;
            } else if (token.isWord("end")) {
                cases--;
            } else if (cases <= 0 && isComparison(token)) {
                boolean negated = i > start && token(i - 1).isWord("not");
                return new Comparison(this.cursor, start, i, end, negated, this.changed);
            }
        }
        return null;
    }

    private static boolean isComparison(SqlToken token) {
        return token.kind() == SqlToken.Kind.SYMBOL && COMPARISONS.contains(token.text()) || token.isWordOf(COMPARING);
    }

    /** The parts between such tokens, outside parentheses and CASE; the AND of a BETWEEN separates nothing. */
    private List<int[]> split(int start, int end, Predicate<SqlToken> separator) {
        List<int[]> parts = new ArrayList<>();
        int begin = start;
        int cases = 0;
        boolean between = false;
        for (int i = start; i < end; i++) {
            SqlToken token = token(i);
            if (token.isSymbol("(")) {
                i = Math.min(closing(i), end);
            } else if (token.isWord("case")) {
                cases++;
            } else if (token.isWord("end")) {
                cases--;
            } else if (token.isWord("between")) {
                between = true;
            } else if (cases <= 0 && token.isWord("and") && between) {
                between = false;
            } else if (cases <= 0 && separator.test(token)) {
                parts.add(new int[] {begin, i});
                begin = i + 1;
            }
        }
        parts.add(new int[] {begin, end});
        return parts;
    }

    private SqlToken token(int index) {
        return this.cursor.tokenAt(index);
    }

    private int closing(int index) {
        return this.cursor.closing(index);
    }
}
