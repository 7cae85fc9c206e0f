package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads lists of tables, joined or not. Used for one statement. */
final class FromReader {

    /** Where a list of tables ends. */
    private static final Set<String> ENDS =
            SqlWords.words("from where group having order limit offset fetch union intersect "
                    + "except window qualify into returning set values select when for minus start connect output");

    /** Where the condition of a join ends. */
    private static final Set<String> CONDITION_ENDS = ends();

    private static final Set<String> BEFORE_TABLES = SqlWords.words("only lateral table ignore low_priority quick");

    private static final Set<String> BEHIND_QUERY = SqlWords.words("union intersect except minus order limit");

    private final TokenCursor cursor;

    private final ExpressionReader expressions;

    private final StatementFacts facts;

    /** Condition of the last inner join, as a range of tokens. */
    private int @Nullable [] joinCondition;

    private @Nullable SqlName last;

    FromReader(TokenCursor cursor, ExpressionReader expressions, StatementFacts facts) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.facts = facts;
    }

    private static Set<String> ends() {
        Set<String> ends = new HashSet<>(ENDS);
        ends.addAll(SqlWords.words("join using on"));
        return Set.copyOf(ends);
    }

    /** Where the condition of the last inner join stands, if there was one since this was last asked. */
    int @Nullable [] takeJoinCondition() {
        int[] condition = this.joinCondition;
        this.joinCondition = null;
        return condition;
    }

    /** Reads tables up to the next clause; each is read from. */
    void readTables() {
        readTables(this.facts::source);
    }

    /** Reads tables up to the next clause. */
    void readTables(Consumer<SqlName> tables) {
        boolean expected = true;
        boolean inner = true;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (expected) {
                expected = !readTable(tables);
            } else if (token.isSymbol(",")) {
                expected = true;
                this.cursor.next();
            } else if (isJoin(token)) {
                inner = token.isWord("join") || token.isWord("apply")
                        ? inner
                        : !token.isWord("left") && !token.isWord("full") && !token.isWord("cross");
                expected = token.isWord("join") || token.isWord("apply") || token.isWord("straight_join");
                this.cursor.next();
            } else if (token.isWord("on")) {
                readCondition(inner);
                inner = true;
            } else if (token.isWord("using") && !this.cursor.token(1).isSymbol("(")) {
                return;
            } else if (token.isWordOf(ENDS)
                    && !(token.isWord("start") && !this.cursor.token(1).isWord("with"))) {
                return;
            } else {
                readAlias(token);
            }
        }
    }

    private boolean isJoin(SqlToken token) {
        return token.isWordOf(SqlWords.JOINS)
                && (this.cursor.token(1).isWordOf(SqlWords.JOINS)
                        || token.isWordOf(Set.of("join", "apply", "straight_join")));
    }

    private void readCondition(boolean inner) {
        this.cursor.next();
        int from = this.cursor.at();
        this.expressions.readUntil(CONDITION_ENDS);
        if (inner) {
            this.joinCondition = new int[] {from, this.cursor.at()};
        }
    }

    /** Reads one table, and tells whether there was one. */
    private boolean readTable(Consumer<SqlName> tables) {
        SqlToken token = this.cursor.token();
        if (token.isSymbol("(")) {
            this.last = null;
            boolean query = this.cursor.token(1).isWordOf(SqlWords.INNER)
                    || this.cursor.token(1).isSymbol("(");
            if (query) {
                this.cursor.inParentheses(() -> inParentheses(tables));
            } else {
                this.cursor.inParentheses(() -> readTables(tables));
            }
            return true;
        }
        if (token.isWordOf(BEFORE_TABLES)
                && (this.cursor.token(1).isName() || this.cursor.token(1).isSymbol("("))
                && !this.cursor.token(1).isWord("as")) {
            if (token.isWord("table") && this.cursor.token(1).isSymbol("(")) {
                this.expressions.readOne();
                return true;
            }
            this.cursor.next();
            return false;
        }
        if (token.isWordOf(ENDS)) {
            return true;
        }
        if (token.isString()) {
            // a name for MySQL and SQLite, a file for DuckDB
            tables.accept(SqlNames.inString(token.text()));
            this.cursor.next();
            return true;
        }
        if (token.isName()) {
            named(tables);
            return true;
        }
        if (token.kind() == Kind.PARAMETER && !token.text().startsWith("@")) {
            this.facts.problem("names a table that is only known when it runs");
        }
        this.cursor.next();
        return token.kind() == Kind.PARAMETER;
    }

    /** A query, or joins that begin with one in parentheses of their own. */
    private void inParentheses(Consumer<SqlName> tables) {
        if (this.cursor.token().isSymbol("(")) {
            readTables(tables);
            if (this.cursor.token().isWordOf(BEHIND_QUERY)) {
                this.expressions.readAll();
            }
        } else {
            this.expressions.inside();
        }
    }

    private void named(Consumer<SqlName> tables) {
        int from = this.cursor.at();
        boolean rows =
                this.cursor.token().isWord("rows") && this.cursor.token(1).isWord("from");
        if (rows) {
            this.cursor.next();
            this.cursor.next();
            return;
        }
        SqlName name = this.cursor.name();
        if (this.cursor.token().isSymbol("(")
                && !this.cursor.tokenAt(this.cursor.at() - 1).isSymbol(".")) {
            this.cursor.skipTo(from);
            this.expressions.readOne();
            return;
        }
        tables.accept(name);
        this.last = name;
        this.cursor.skipSymbol("*");
        if (this.cursor.token().isSymbol(":") && this.cursor.token(1).isName()) {
            // some databases write the schema so
            this.cursor.next();
            tables.accept(this.cursor.name());
        }
    }

    private void readAlias(SqlToken token) {
        if (token.isWord("as") && this.cursor.token(1).isName()) {
            this.facts.alias(this.cursor.token(1).text(), this.last);
            this.cursor.skipTo(this.cursor.at() + 2);
            return;
        }
        if (token.isWord("as") || token.isSymbol("(") || !token.isName()) {
            this.expressions.readOne();
            return;
        }
        if (token.isWord("with") || token.isWord("use") || token.isWord("tablesample")) {
            this.cursor.next();
            return;
        }
        if (token.isWordOf(SqlWords.VERBS)) {
            // may begin a statement
            this.expressions.readOne();
            return;
        }
        this.facts.alias(token.text(), this.last);
        this.cursor.next();
    }
}
