package cloud.enact.analysis.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A query in a condition that asks the table that is changed for what the condition compares. */
final class OwnQuery {

    private final TokenCursor cursor;

    private final int from;

    private final int to;

    private final List<SqlName> changed;

    /**
     * Takes a range of tokens that begins with SELECT.
     *
     * @param changed the tables whose rows the condition chooses
     */
    OwnQuery(TokenCursor cursor, int from, int to, List<SqlName> changed) {
        this.cursor = cursor;
        this.from = from;
        this.to = to;
        this.changed = changed;
    }

    /** Whether it gives this column of every row. */
    boolean gives(@Nullable String column) {
        int tables = tables();
        Operand list = new Operand(this.cursor, this.from + 1, tables);
        return column != null && column.equals(list.column()) && isWholeTable(tables);
    }

    /** Whether it gives the least ({@code min}) or greatest ({@code max}) value of this column. */
    boolean givesExtreme(@Nullable String column, String function) {
        int tables = tables();
        Operand list = new Operand(this.cursor, this.from + 1, tables);
        return column != null
                && function.equals(list.function())
                && column.equals(new Operand(this.cursor, this.from + 3, tables - 1).column())
                && isWholeTable(tables);
    }

    private int tables() {
        int tables = this.from + 1;
        while (tables < this.to && !this.cursor.tokenAt(tables).isWord("from")) {
            tables++;
        }
        return tables;
    }

    /** One table, maybe under another name, and no condition that leaves out a row. */
    private boolean isWholeTable(int tables) {
        int at = tables + 1;
        SqlToken name = SqlToken.NONE;
        while (at < this.to && this.cursor.tokenAt(at).isName()) {
            name = this.cursor.tokenAt(at);
            at++;
            if (!this.cursor.tokenAt(at).isSymbol(".")) {
                break;
            }
            at++;
        }
        String table = name.text();
        if (this.changed.stream().noneMatch(own -> own.name().equalsIgnoreCase(table))) {
            return false;
        }
        at += this.cursor.tokenAt(at).isWord("as") ? 1 : 0;
        boolean alias = at < this.to && this.cursor.tokenAt(at).isName() && !isClause(this.cursor.tokenAt(at));
        at += alias ? 1 : 0;
        if (at < this.to && this.cursor.tokenAt(at).isWord("where")) {
            return new ConditionReader(this.cursor, at + 1, this.to, List.of()).condition() == SqlCondition.TRIVIAL;
        }
        return at >= this.to;
    }

    private static boolean isClause(SqlToken token) {
        return token.isWordOf(SqlWords.CLAUSES) || token.isWordOf(SqlWords.JOINS) || token.isWordOf(Set.of("for"));
    }
}
