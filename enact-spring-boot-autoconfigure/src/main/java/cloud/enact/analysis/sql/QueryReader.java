package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads queries: WITH, SELECT, VALUES, TABLE, and what joins them. Used for one statement. */
final class QueryReader {

    private static final Set<String> COMBINING = SqlWords.words("union intersect except minus");

    private static final Set<String> BEFORE_TARGET = SqlWords.words("temporary temp local global unlogged table");

    private static final long MANY_ROWS = 10_000;

    private final TokenCursor cursor;

    private final StatementReader statement;

    private final ExpressionReader expressions;

    private final FromReader tables;

    private final StatementFacts facts;

    QueryReader(
            TokenCursor cursor,
            StatementReader statement,
            ExpressionReader expressions,
            FromReader tables,
            StatementFacts facts) {
        this.cursor = cursor;
        this.statement = statement;
        this.expressions = expressions;
        this.tables = tables;
        this.facts = facts;
    }

    /** Reads the tables that WITH defines; what follows may be any statement that sees them. */
    void readWith() {
        this.cursor.next();
        boolean recursive = this.cursor.skip("recursive");
        Set<String> visible = new HashSet<>(this.facts.ctes());
        if (recursive) {
            visible.addAll(namesAhead());
            this.facts.ctes(Set.copyOf(visible));
        }
        while (this.cursor.isName()) {
            String name = this.cursor.token().text();
            this.cursor.next();
            if (this.cursor.token().isSymbol("(")) {
                this.cursor.skipTo(this.cursor.closing() + 1);
            }
            this.cursor.skip("as");
            this.cursor.skip("not");
            this.cursor.skip("materialized");
            if (!this.cursor.token().isSymbol("(")) {
                this.facts.problem("holds a WITH that can't be read");
                return;
            }
            this.cursor.inParentheses(this.statement::readInner);
            visible.add(name);
            this.facts.ctes(Set.copyOf(visible));
            // SEARCH and CYCLE
            while (!this.cursor.atEnd()
                    && !this.cursor.token().isSymbol(",")
                    && !this.cursor.token().isSymbol("(")
                    && !this.cursor.token().isWordOf(SqlWords.INNER)) {
                this.cursor.next();
            }
            if (!this.cursor.skipSymbol(",") && !this.cursor.atEnd()) {
                return;
            }
            while (this.cursor.token().isWord("set") || this.cursor.token().isWord("using")) {
                this.cursor.next();
            }
        }
    }

    /** Names that WITH RECURSIVE defines, each seen by all of them. */
    private List<String> namesAhead() {
        List<String> names = new ArrayList<>();
        int before = this.cursor.at();
        boolean expected = true;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isSymbol("(")) {
                this.cursor.skipTo(this.cursor.closing() + 1);
                continue;
            }
            if (token.isWordOf(SqlWords.INNER)) {
                break;
            }
            if (expected && token.isName()) {
                names.add(token.text());
            }
            expected = token.isSymbol(",");
            this.cursor.next();
        }
        this.cursor.skipTo(before);
        return names;
    }

    /** Reads a query with all that is joined to it. */
    QueryShape readQuery() {
        QueryShape shape = readOne();
        return readRest(shape);
    }

    /** Reads what is joined to a query that was read. */
    void readRest() {
        readRest(QueryShape.NO_QUERY);
    }

    private QueryShape readRest(QueryShape first) {
        QueryShape shape = first;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isWordOf(COMBINING)) {
                this.cursor.next();
                while (this.cursor.token().isWordOf(Set.of("all", "distinct", "corresponding"))
                        || this.cursor.token().isWord("by")
                                && this.cursor.token(1).isWord("name")
                        || this.cursor.token().isWord("name")) {
                    this.cursor.next();
                }
                shape = shape.and(readOne());
            } else if (token.isWord("limit") || token.isWord("fetch")) {
                shape = isSmall() ? shape.withLimit() : shape;
                this.cursor.next();
            } else if (token.isWord("into")) {
                readInto();
            } else {
                this.expressions.readOne();
            }
        }
        return shape;
    }

    private boolean isSmall() {
        int ahead = this.cursor.token().isWord("fetch") ? 2 : 1;
        SqlToken count = this.cursor.token(ahead);
        if (count.isWord("all") || count.isWord("null")) {
            return false;
        }
        if (count.kind() != SqlToken.Kind.NUMBER) {
            return true;
        }
        return count.text().length() <= 5 && !count.text().startsWith("0x") && number(count.text()) <= MANY_ROWS;
    }

    private static long number(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return Long.MAX_VALUE;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private QueryShape readOne() {
        SqlToken token = this.cursor.token();
        if (token.isSymbol("(")) {
            QueryShape[] inner = {QueryShape.NO_QUERY};
            this.cursor.inParentheses(() -> inner[0] = readQuery());
            return inner[0];
        }
        return switch (token.text()) {
            case "with" -> {
                Set<String> outside = this.facts.ctes();
                readWith();
                QueryShape shape = this.statement.readMain();
                this.facts.ctes(outside);
                yield shape;
            }
            case "values" -> {
                this.cursor.next();
                this.expressions.readUntil(SqlWords.CLAUSES);
                yield QueryShape.NO_QUERY.withLimit();
            }
            case "table" -> {
                this.cursor.next();
                this.tables.readTables();
                yield new QueryShape(List.of("*"), SqlCondition.NONE, false);
            }
            default -> readSelect(false);
        };
    }

    private QueryShape readSelect(boolean tablesFirst) {
        if (!this.cursor.skip("select") && !this.cursor.token().isWord("from")) {
            this.facts.problem("holds a query that can't be read");
            this.expressions.readAll();
            return QueryShape.NO_QUERY;
        }
        boolean top = readQuantity();
        int list = this.cursor.at();
        this.expressions.readUntil(SqlWords.CLAUSES);
        SelectList columns = new SelectList(this.cursor.range(list, this.cursor.at()));
        readIntos();
        boolean sources = tablesFirst;
        if (this.cursor.skip("from")) {
            this.tables.readTables();
            sources = true;
            if (this.cursor.token().isWord("select")) {
                // DuckDB lets FROM come first
                return readSelect(true);
            }
        }
        readIntos();
        this.tables.takeJoinCondition();
        SqlCondition condition = sources ? SqlCondition.NONE : SqlCondition.PRESENT;
        if (this.cursor.skip("where")) {
            condition = readCondition();
        }
        boolean grouped = this.cursor.token().isWord("group");
        boolean limited = top || !sources || columns.isOneRow() && !grouped;
        return new QueryShape(columns.names(), condition, limited);
    }

    /** DISTINCT, ALL, and the TOP of SQL Server. */
    private boolean readQuantity() {
        if (this.cursor.skip("distinct")) {
            if (this.cursor.skip("on") && this.cursor.token().isSymbol("(")) {
                this.expressions.readOne();
            }
        } else {
            this.cursor.skip("all");
        }
        boolean top = this.cursor.token().isWord("top")
                && (this.cursor.token(1).kind() == SqlToken.Kind.NUMBER
                        || this.cursor.token(1).isSymbol("("));
        if (top) {
            this.cursor.skipTo(this.cursor.at() + 2);
        }
        return top;
    }

    private void readIntos() {
        while (this.cursor.token().isWord("into")) {
            readInto();
        }
    }

    /** A new table, a file, or a variable. */
    private void readInto() {
        this.cursor.next();
        if (this.cursor.token().isWordOf(Set.of("outfile", "dumpfile"))) {
            this.facts.opaque("INTO OUTFILE");
            this.cursor.next();
            return;
        }
        while (this.cursor.token().isWordOf(BEFORE_TARGET)) {
            this.cursor.next();
        }
        if (this.cursor.isName()) {
            this.facts.target(this.cursor.name());
            this.facts.atLeast(Kind.DEFINITION);
            this.facts.verb("SELECT INTO");
        }
    }

    /** Reads a condition to its end and weighs it. */
    SqlCondition readCondition(SqlName... changed) {
        if (this.cursor.token().isWord("current") && this.cursor.token(1).isWord("of")) {
            this.cursor.skipTo(this.cursor.at() + 3);
            return SqlCondition.PRESENT;
        }
        int from = this.cursor.at();
        this.expressions.readUntil(SqlWords.CLAUSES);
        return conditionOf(from, this.cursor.at(), changed);
    }

    /** Weighs a condition that was read. */
    SqlCondition conditionOf(int from, int to, SqlName... changed) {
        return new ConditionReader(this.cursor, from, to, List.of(changed)).condition();
    }
}
