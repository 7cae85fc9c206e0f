package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two operands and what stands between them. */
final class Comparison {

    private static final Set<String> SAME =
            SqlWords.words("= == <=> <= >= like ilike similar ~ ~* ~~ ~~* regexp rlike glob between in");

    private static final Set<String> PATTERNS =
            SqlWords.words("like ilike similar ~ ~* ~~ ~~* regexp rlike glob match");

    private static final Set<String> EVERYTHING =
            SqlWords.words(". .* ^ $ ^.*$ ^.* .*$ .+ ^.+$ % %% %%% * ** _% %_ %_% (.*) ^(.*)$ [[:print:]]* [\\s\\S]*");

    /** Columns that every row has a value in, above zero. */
    private static final Set<String> IDENTITIES = SqlWords.words("id _id uuid rowid ctid _rowid_ oid pk");

    private static final Set<String> LENGTHS = SqlWords.words(
            "length char_length character_length len octet_length strlen abs position strpos instr cardinality");

    private final TokenCursor cursor;

    private final Operand left;

    private final Operand right;

    private final String operator;

    private final boolean negated;

    private final List<SqlName> changed;

    Comparison(TokenCursor cursor, int from, int operator, int to, boolean negated, List<SqlName> changed) {
        SqlToken token = cursor.tokenAt(operator);
        boolean not = token.isWord("is") && cursor.tokenAt(operator + 1).isWord("not");
        String text = token.text();
        boolean inverse = text.startsWith("!") && !text.equals("!=");
        int behind = operator + (not ? 2 : 1);
        if (token.isWord("is") && cursor.tokenAt(behind).isWord("distinct")) {
            // IS NOT DISTINCT FROM is an equals sign, or IS for null
            boolean absent = cursor.tokenAt(behind + 2).isWord("null");
            text = absent ? "is" : not ? "=" : "<>";
            not = absent && !not;
            behind += 2;
        }
        while (behind < to && cursor.tokenAt(behind).isWordOf(Set.of("symmetric", "asymmetric", "to"))) {
            behind++;
        }
        this.cursor = cursor;
        this.left = new Operand(cursor, from, negated ? operator - 1 : operator);
        this.right = new Operand(cursor, behind, Math.max(behind, to));
        this.operator = inverse ? text.substring(1) : text;
        this.negated = negated ^ not ^ inverse;
        this.changed = changed;
    }

    private Comparison(Comparison other) {
        this.cursor = other.cursor;
        this.left = other.left;
        this.right = other.right;
        this.operator = other.operator;
        this.negated = !other.negated;
        this.changed = other.changed;
    }

    /** The same behind NOT. */
    Comparison inverse() {
        return new Comparison(this);
    }

    Operand left() {
        return this.left;
    }

    /** The key of the left side. */
    String leftKey() {
        return this.left.key();
    }

    /** The key of the right side. */
    String rightKey() {
        return this.right.key();
    }

    @Nullable
    Double number() {
        return this.right.number();
    }

    /** What stands between, in a form that is the same for all ways to write it. */
    String operator() {
        String plain = this.operator.equals("!=") ? "<>" : this.operator.equals("==") ? "=" : this.operator;
        return this.negated ? "not " + plain : plain;
    }

    /** Whether it asks for the truth of its left side. */
    boolean isTruthTest() {
        String right = this.right.key();
        return this.operator.equals("is") && (right.equals("true ") || right.equals("false "));
    }

    /** Whether a truth test wants the left side to hold. */
    boolean isAffirmative() {
        return this.right.key().equals("true ") ^ this.negated;
    }

    Truth truth() {
        Truth plain = plainTruth();
        return this.negated ? plain.not() : plain;
    }

    private Truth plainTruth() {
        if (this.operator.equals("is")) {
            return isNull();
        }
        boolean list = this.operator.equals("in") || isAny();
        if (list && isInOwnList()) {
            return Truth.TRUE;
        }
        if (!this.left.hasColumn() && !this.right.hasColumn()) {
            return constant();
        }
        if (this.left.key().equals(this.right.key()) || this.operator.equals("between") && isBetweenItself()) {
            return SAME.contains(this.operator) ? Truth.TRUE : Truth.FALSE;
        }
        if (isOwnColumn() && SAME.contains(this.operator)) {
            return Truth.TRUE;
        }
        return (matchesEverything() || isBelowEverything() || isBeyondOwn()) ? Truth.TRUE : Truth.ROW;
    }

    /** {@code id = t.id}: without a table, a column is that of the nearest one, which the other side names. */
    private boolean isOwnColumn() {
        String one = this.left.key();
        String other = this.right.key();
        String shorter = (one.length() < other.length()) ? one : other;
        String longer = (one.length() < other.length()) ? other : one;
        return shorter.indexOf(' ') == shorter.length() - 1
                && !shorter.startsWith("'")
                && longer.endsWith(" . " + shorter)
                && longer.indexOf('(') < 0
                && Math.max(this.left.to() - this.left.from(), this.right.to() - this.right.from()) < 6;
    }

    private Truth isNull() {
        String value = this.left.literal();
        if (value != null) {
            return value.equals("null") ? Truth.TRUE : Truth.FALSE;
        }
        String column = this.left.column();
        boolean row = column != null
                && this.changed.stream().anyMatch(table -> table.name().equalsIgnoreCase(column));
        if (this.negated && column != null && (row || IDENTITIES.contains(column))) {
            // IS NOT NULL, turned round by who asks
            return Truth.FALSE;
        }
        if (this.left.hasColumn()) {
            return Truth.ROW;
        }
        return this.left.hasParameter() ? Truth.OPEN : this.negated ? Truth.FALSE : Truth.TRUE;
    }

    private Truth constant() {
        String one = this.left.literal();
        String other = this.right.literal();
        if (this.left.key().equals(this.right.key())) {
            return SAME.contains(this.operator) ? Truth.TRUE : Truth.FALSE;
        }
        if (this.left.hasParameter() || this.right.hasParameter()) {
            return Truth.OPEN;
        }
        if (one == null || other == null) {
            return Truth.TRUE;
        }
        if (one.equals("null") || other.equals("null")) {
            return Truth.FALSE;
        }
        Double number = this.left.number();
        Double second = this.right.number();
        if (number == null ^ second == null || number == null && !one.startsWith("'")) {
            // a string beside a number, and numbers of other kinds: databases turn one into the other
            return Truth.TRUE;
        }
        int order = (number != null && second != null) ? number.compareTo(second) : one.compareTo(other);
        boolean holds = switch (this.operator) {
            case "=", "==", "<=>" -> order == 0;
            case "<>", "!=" -> order != 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            default -> true;
        };
        return holds ? Truth.TRUE : Truth.FALSE;
    }

    private boolean matchesEverything() {
        String pattern = this.right.literal();
        return PATTERNS.contains(this.operator)
                && pattern != null
                && (pattern.equals("'") && this.operator.startsWith("~")
                        || pattern.length() > 1 && EVERYTHING.contains(pattern.substring(1)));
    }

    /** {@code id > 0}, {@code length(name) >= 0}, {@code name >= ''}. */
    private boolean isBelowEverything() {
        String value = this.right.literal();
        Double number = this.right.number();
        if (value != null && value.equals("'") && this.operator.equals(">=")) {
            return true;
        }
        String function = this.left.function();
        boolean counted = function != null && LENGTHS.contains(function);
        String column = this.left.column();
        boolean identity = column != null && IDENTITIES.contains(column);
        if (number == null || !counted && !identity) {
            return false;
        }
        return switch (this.operator) {
            case ">" -> identity ? number <= 0 : number < 0;
            case ">=" -> identity ? number <= 1 : number <= 0;
            case "<>", "!=" -> identity ? number <= 0 : number < 0;
            default -> false;
        };
    }

    /** {@code id >= (SELECT min(id) FROM …)} the table that is changed. */
    private boolean isBeyondOwn() {
        String function = this.operator.equals(">=") ? "min" : this.operator.equals("<=") ? "max" : "";
        return !function.isEmpty()
                && this.cursor.tokenAt(this.right.from()).isWord("select")
                && new OwnQuery(this.cursor, this.right.from(), this.right.to(), this.changed)
                        .givesExtreme(this.left.column(), function);
    }

    private boolean isBetweenItself() {
        for (int i = this.right.from(); i < this.right.to(); i++) {
            if (this.cursor.tokenAt(i).isWord("and")) {
                String key = this.left.key();
                return key.equals(new Operand(this.cursor, this.right.from(), i).key())
                        || key.equals(new Operand(this.cursor, i + 1, this.right.to()).key());
            }
        }
        return false;
    }

    private boolean isAny() {
        return this.operator.equals("=")
                && this.cursor.tokenAt(this.right.from()).isWordOf(Set.of("any", "some"))
                && this.cursor.tokenAt(this.right.from() + 1).isSymbol("(");
    }

    /** {@code id IN (id)}, and {@code id IN (SELECT id FROM …)} the table that is changed. */
    private boolean isInOwnList() {
        int start = this.right.from();
        int end = this.right.to();
        if (isAny()) {
            start += 2;
            end--;
        }
        while (start < end && this.cursor.tokenAt(start).isSymbol("(") && this.cursor.closing(start) == end - 1) {
            start++;
            end--;
        }
        if (this.cursor.tokenAt(start).isWord("array")) {
            start += 2;
            end--;
        }
        if (this.cursor.tokenAt(start).isWord("select")) {
            return new OwnQuery(this.cursor, start, end, this.changed).gives(this.left.column());
        }
        Set<String> keys = new HashSet<>();
        for (int[] element : elements(start, end)) {
            keys.add(new Operand(this.cursor, element[0], element[1]).key());
        }
        return keys.contains(this.left.key()) || keys.contains("true ") && keys.contains("false ");
    }

    private List<int[]> elements(int start, int end) {
        List<int[]> elements = new ArrayList<>();
        int begin = start;
        for (int i = start; i < end; i++) {
            if (this.cursor.tokenAt(i).isSymbol("(")) {
                i = this.cursor.closing(i);
            } else if (this.cursor.tokenAt(i).isSymbol(",")) {
                elements.add(new int[] {begin, i});
                begin = i + 1;
            }
        }
        elements.add(new int[] {begin, end});
        return elements;
    }
}
