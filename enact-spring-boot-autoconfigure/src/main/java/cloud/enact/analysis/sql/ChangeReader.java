package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what changes rows. Used for one statement. */
final class ChangeReader {

    private static final Set<String> MODIFIERS =
            SqlWords.words("low_priority high_priority delayed quick ignore only or "
                    + "replace rollback abort fail into overwrite table");

    private static final Set<String> SETTING = SqlWords.words("from where returning limit order output");

    private static final Set<String> MERGING = SqlWords.words("when");

    private final TokenCursor cursor;

    private final StatementReader statement;

    private final StatementFacts facts;

    ChangeReader(TokenCursor cursor, StatementReader statement, StatementFacts facts) {
        this.cursor = cursor;
        this.statement = statement;
        this.facts = facts;
    }

    /** {@code INSERT} and {@code REPLACE}. */
    void readInsert() {
        int from = this.cursor.at();
        this.cursor.next();
        skipModifiers();
        List<SqlName> tables = new ArrayList<>();
        if (this.cursor.isName()) {
            tables.add(this.cursor.name());
        } else if (this.cursor.token().isString()) {
            tables.add(SqlNames.inString(this.cursor.token().text()));
            this.cursor.next();
        } else {
            this.facts.problem("changes a table that can't be read");
        }
        tables.forEach(table -> this.facts.change("INSERT", table, SqlCondition.PRESENT));
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isWordOf(Set.of("exec", "execute", "call"))) {
                this.facts.opaque("EXECUTE");
            }
            boolean query = token.isWordOf(Set.of("select", "with", "table", "from"))
                    || token.isSymbol("(") && this.cursor.token(1).isWordOf(Set.of("select", "with", "table"));
            if (query) {
                this.statement.queries().readQuery();
            } else {
                this.statement.expressions().readOne();
            }
        }
        if (updatesInstead(from)) {
            tables.forEach(table -> this.facts.change("UPDATE", table, SqlCondition.PRESENT));
        }
    }

    /** {@code ON CONFLICT DO UPDATE}, {@code ON DUPLICATE KEY UPDATE}. */
    private boolean updatesInstead(int from) {
        for (int i = from; i + 1 < this.cursor.end(); i++) {
            SqlToken token = this.cursor.tokenAt(i);
            if ((token.isWord("do") || token.isWord("key"))
                    && this.cursor.tokenAt(i + 1).isWord("update")) {
                return true;
            }
        }
        return false;
    }

    /** {@code UPDATE}, also of several tables and with the tables behind SET. */
    void readUpdate() {
        this.cursor.next();
        skipModifiers();
        skipTop();
        List<SqlName> tables = new ArrayList<>();
        this.statement.tables().readTables(tables::add);
        int[] join = this.statement.tables().takeJoinCondition();
        tables.forEach(table -> this.facts.alias(table.name(), null));
        if (tables.isEmpty() || !this.cursor.skip("set")) {
            this.facts.problem("changes a table that can't be read");
        }
        this.statement.expressions().readUntil(SETTING);
        skipOutput();
        if (this.cursor.skip("from")) {
            this.statement.tables().readTables();
            join = this.statement.tables().takeJoinCondition();
        }
        finish("UPDATE", tables, join);
    }

    /** {@code DELETE}, also from several tables at once. */
    void readDelete() {
        this.cursor.next();
        skipModifiers();
        skipTop();
        List<SqlName> tables = new ArrayList<>();
        if (!this.cursor.token().isWord("from")) {
            this.statement.tables().readTables(tables::add);
        }
        skipOutput();
        boolean named = !tables.isEmpty();
        boolean listed = this.cursor.skip("from");
        if (listed) {
            skipModifiers();
            this.statement.tables().readTables(named ? this.facts::source : tables::add);
        }
        if (!named || !listed) {
            tables.forEach(table -> this.facts.alias(table.name(), null));
        }
        if (tables.isEmpty()) {
            this.facts.problem("changes a table that can't be read");
        }
        skipOutput();
        if (this.cursor.skip("using")) {
            this.statement.tables().readTables();
        }
        finish("DELETE", tables, this.statement.tables().takeJoinCondition());
    }

    private void finish(String verb, List<SqlName> tables, int @Nullable [] join) {
        SqlName[] changed = tables.toArray(SqlName[]::new);
        SqlCondition condition = SqlCondition.NONE;
        if (this.cursor.skip("where")) {
            condition = this.statement.queries().readCondition(changed);
        } else if (join != null) {
            condition = this.statement.queries().conditionOf(join[0], join[1], changed);
        }
        for (SqlName table : tables) {
            if (!this.facts.knows(table)) {
                this.facts.problem("changes a table that can't be read");
            }
            this.facts.change(verb, table, condition);
            SqlName behind = this.facts.aliased(table);
            if (behind != null && !behind.equals(table)) {
                this.facts.change(verb, behind, condition);
            }
        }
        this.statement.expressions().readAll();
    }

    /** {@code MERGE}: one change for each thing it may do. */
    void readMerge() {
        this.cursor.next();
        skipTop();
        skipModifiers();
        if (!this.cursor.isName()) {
            this.facts.problem("changes a table that can't be read");
            this.statement.expressions().readAll();
            return;
        }
        SqlName table = this.cursor.name();
        while (!this.cursor.atEnd() && !this.cursor.token().isWord("using")) {
            this.statement.expressions().readOne();
        }
        this.cursor.skip("using");
        this.statement.tables().readTables();
        int[] on = this.statement.tables().takeJoinCondition();
        SqlCondition joined =
                (on == null) ? SqlCondition.NONE : this.statement.queries().conditionOf(on[0], on[1], table);
        int before = this.facts.changes();
        while (this.cursor.skip("when")) {
            readWhen(table, joined);
        }
        if (this.facts.changes() == before) {
            this.facts.change("MERGE", table, SqlCondition.NONE);
        }
        this.statement.expressions().readAll();
    }

    private void readWhen(SqlName table, SqlCondition joined) {
        boolean unmatched = this.cursor.token().isWord("not");
        SqlCondition own = SqlCondition.NONE;
        while (!this.cursor.atEnd() && !this.cursor.token().isWord("then")) {
            if (this.cursor.skip("and")) {
                int from = this.cursor.at();
                this.statement.expressions().readUntil(Set.of("then"));
                own = this.statement.queries().conditionOf(from, this.cursor.at(), table);
            } else {
                this.cursor.next();
            }
        }
        this.cursor.skip("then");
        String verb = this.cursor.token().text();
        SqlCondition condition = (!unmatched && joined == SqlCondition.PRESENT) ? joined : own;
        switch (verb) {
            case "delete" -> this.facts.change("DELETE", table, condition);
            case "update" -> this.facts.change("UPDATE", table, condition);
            case "insert" -> this.facts.change("INSERT", table, SqlCondition.PRESENT);
            default -> {
                // DO NOTHING
            }
        }
        if (!this.cursor.atEnd()) {
            this.cursor.next();
        }
        this.statement.expressions().readUntil(MERGING);
    }

    /** {@code TRUNCATE}. */
    void readTruncate() {
        this.facts.atLeast(SqlStatement.Kind.DEFINITION);
        this.cursor.next();
        skipModifiers();
        boolean expected = true;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (expected && (token.isName() || token.isString())) {
                this.cursor.skip("only");
                SqlName table = token.isString() ? SqlNames.inString(token.text()) : this.cursor.name();
                this.facts.change("TRUNCATE", table, SqlCondition.NONE);
                expected = false;
                if (token.isString()) {
                    this.cursor.next();
                }
            } else {
                expected |= token.isSymbol(",");
                this.statement.expressions().readOne();
            }
        }
    }

    /** {@code COPY}: between a table or query and the client, a file or a program. */
    void readCopy() {
        this.cursor.next();
        boolean into = this.cursor.skip("into");
        this.cursor.skip("binary");
        SqlName table = null;
        if (this.cursor.token().isSymbol("(")) {
            this.cursor.inParentheses(this.statement::readInner);
        } else if (this.cursor.isName()) {
            table = this.cursor.name();
        }
        if (this.cursor.token().isSymbol("(")) {
            this.statement.expressions().readOne();
        }
        boolean in = into || this.cursor.token().isWord("from");
        if (table != null && in) {
            this.facts.change("COPY", table, SqlCondition.PRESENT);
        } else if (table != null) {
            this.facts.source(table);
        }
        SqlToken place = this.cursor.token(1);
        if (place.isWord("program")) {
            this.facts.opaque("COPY PROGRAM");
        } else if (!place.isWord("stdin") && !place.isWord("stdout")) {
            this.facts.opaque("COPY file");
        }
        this.statement.expressions().readAll();
    }

    private void skipModifiers() {
        while (this.cursor.token().isWordOf(MODIFIERS)
                && (this.cursor.token(1).isName() || this.cursor.token(1).isString())
                && !this.cursor.token(1).isWord("set")) {
            this.cursor.next();
        }
    }

    private void skipTop() {
        if (this.cursor.token().isWord("top")
                && (this.cursor.token(1).isSymbol("(") || this.cursor.token(1).kind() == Kind.NUMBER)) {
            this.cursor.next();
            this.statement.expressions().readOne();
        }
    }

    private void skipOutput() {
        if (this.cursor.token().isWord("output")) {
            this.statement.expressions().readUntil(Set.of("from", "where"));
        }
    }
}
