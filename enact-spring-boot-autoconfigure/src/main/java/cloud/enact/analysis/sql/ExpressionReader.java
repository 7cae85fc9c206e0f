package cloud.enact.analysis.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Goes through expressions: finds the queries, functions and tables in them. Used for one statement. */
final class ExpressionReader {

    private static final Set<String> LOCKS = SqlWords.words("update share no key xml json read browse system_time");

    private static final Set<String> NAMING = SqlWords.words("identifier table regclass to_regclass");

    private static final Set<String> CONTAINERS = SqlWords.words("table database schema into");

    private final TokenCursor cursor;

    private final StatementReader statement;

    private final StatementFacts facts;

    /** Whether what is read defines something, where verbs stand for what is changed or when. */
    private boolean defining;

    ExpressionReader(TokenCursor cursor, StatementReader statement, StatementFacts facts) {
        this.cursor = cursor;
        this.statement = statement;
        this.facts = facts;
    }

    void defining() {
        this.defining = true;
    }

    /** Reads to the end of the part. */
    void readAll() {
        while (!this.cursor.atEnd()) {
            readOne();
        }
    }

    /**
     * Reads up to the next clause.
     *
     * @param stops words that end the expression
     */
    void readUntil(Set<String> stops) {
        int cases = 0;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isWord("case")) {
                cases++;
            } else if (token.isWord("end") && cases > 0) {
                cases--;
            } else if (cases == 0 && isStop(token, stops)) {
                return;
            }
            readOne();
        }
    }

    private boolean isStop(SqlToken token, Set<String> stops) {
        if (!token.isWord()) {
            return false;
        }
        SqlToken before = this.cursor.token(-1);
        if (before.isSymbol(".") || before.isWord("as")) {
            return false;
        }
        return switch (token.text()) {
            case "from" -> stops.contains("from") && !before.isWord("distinct");
            case "left", "right", "full", "outer", "cross", "natural", "inner", "join" ->
                stops.contains("join")
                        && !this.cursor.token(1).isSymbol("(")
                        && !this.cursor.token(1).isSymbol(".");
            case "for" -> stops.contains("from") && this.cursor.token(1).isWordOf(LOCKS);
            case "except" ->
                // BigQuery leaves out columns so
                stops.contains("except")
                        && !(before.isSymbol("*")
                                && this.cursor.token(1).isSymbol("(")
                                && !this.cursor.token(2).isWordOf(SqlWords.INNER)
                                && !this.cursor.token(2).isSymbol("("));
            case "minus" ->
                stops.contains("union")
                        && (this.cursor.token(1).isWord("select")
                                || this.cursor.token(1).isSymbol("("));
            default -> stops.contains(token.text());
        };
    }

    /** Reads one token, or one part in parentheses. */
    void readOne() {
        SqlToken token = this.cursor.token();
        if (token.isSymbol("(")) {
            this.cursor.inParentheses(this::inside);
        } else if (token.isName()) {
            name(token);
        } else {
            this.cursor.next();
        }
    }

    /** Reads what stands in parentheses: a query, or an expression. */
    void inside() {
        if (this.cursor.token().isWordOf(SqlWords.INNER) && startsInner()) {
            this.statement.readInner();
        } else if (this.cursor.token().isSymbol("(")) {
            // a query may begin in parentheses of its own, and go on with UNION
            readOne();
            if (this.cursor.token().isWordOf(Set.of("union", "intersect", "except", "minus"))) {
                this.statement.queries().readRest();
            }
            readAll();
        } else {
            readAll();
        }
    }

    /** A query or a change, and not a column or a function of that name. */
    private boolean startsInner() {
        SqlToken next = this.cursor.token(1);
        return switch (this.cursor.token().text()) {
            case "select" -> true;
            case "values" -> next.isSymbol("(");
            default -> next.isName();
        };
    }

    private void name(SqlToken token) {
        boolean verb = token.isWordOf(SqlWords.VERBS) && this.cursor.at() > 0;
        if (verb && startsStatement(token)) {
            this.facts.problem("holds a second statement without a separator");
        }
        SqlName name = this.cursor.name();
        if (this.cursor.token().isSymbol("(")) {
            called(name);
            return;
        }
        if (this.cursor.token().isSymbol(".") && this.cursor.token(1).isSymbol("*")) {
            this.facts.qualifier(name);
            this.cursor.skipTo(this.cursor.at() + 2);
        } else if (name.parts().size() > 1) {
            List<String> parts = name.parts();
            this.facts.qualifier(new SqlName(parts.subList(0, parts.size() - 1)));
        }
    }

    private boolean startsStatement(SqlToken token) {
        SqlToken before = this.cursor.token(-1);
        SqlToken next = this.cursor.token(1);
        if (before.isWordOf(SqlWords.BEFORE_VERBS) || before.isSymbol(".") || before == SqlToken.NONE) {
            return false;
        }
        if (this.defining) {
            return next.isWordOf(CONTAINERS) || token.isWord("delete") && next.isWord("from");
        }
        if (token.isWord("select")) {
            return true;
        }
        if (token.isWord("go") || token.isWord("shutdown")) {
            return next == SqlToken.NONE ? token.isWord("shutdown") : next.isWordOf(SqlWords.VERBS);
        }
        return next.isName() && !next.isWordOf(Set.of("from", "as", "and", "or", "is", "in", "then", "end", "where"))
                || next.isWord("from") && token.isWord("delete")
                || next.kind() == SqlToken.Kind.PARAMETER && (token.isWord("exec") || token.isWord("declare"));
    }

    private void called(SqlName function) {
        String name = function.name().toLowerCase(Locale.ROOT);
        if (SqlFunctions.isDangerous(name)) {
            this.facts.opaque(name);
        }
        SqlToken argument = this.cursor.token(1);
        if (argument.isString() && NAMING.contains(name)) {
            this.facts.source(SqlNames.inString(argument.text()));
        }
        this.cursor.inParentheses(this::inside);
    }
}
