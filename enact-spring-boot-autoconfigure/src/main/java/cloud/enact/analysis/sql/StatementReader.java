package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads one statement. Used for one statement. */
final class StatementReader {

    private static final Set<String> TRANSACTIONS =
            SqlWords.words("begin commit rollback start savepoint release abort end lock unlock xa");

    private static final Set<String> AFTER_BEGIN = SqlWords.words(
            "work transaction tran isolation read not deferrable " + "deferred immediate exclusive concurrent");

    private static final Set<String> SESSIONS = SqlWords.words(
            "set reset use pragma listen unlisten notify discard " + "deallocate close checkpoint flush print");

    private static final Set<String> LOOKS = SqlWords.words("show describe desc fetch move help list");

    private static final Set<String> CARE =
            SqlWords.words("vacuum analyze analyse reindex cluster refresh optimize " + "check repair checksum");

    private static final Set<String> CARE_WORDS =
            SqlWords.words("materialized view table tables index concurrently full "
                    + "verbose freeze analyze with no data using only schema database system local");

    private static final Set<String> OPAQUE = SqlWords.words("do call execute exec prepare declare handler load attach "
            + "detach import export kill shutdown backup restore install uninstall purge dbcc bulk unload signal "
            + "change stop reconfigure reassign msck");

    private static final Set<String> OTHERS = SqlWords.words("replace truncate copy explain comment security");

    private final TokenCursor cursor;

    private final StatementFacts facts = new StatementFacts();

    private final ExpressionReader expressions;

    private final FromReader tables;

    private final QueryReader queries;

    private final ChangeReader changes;

    private final DefinitionReader definitions;

    StatementReader(TokenCursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionReader(cursor, this, this.facts);
        this.tables = new FromReader(cursor, this.expressions, this.facts);
        this.queries = new QueryReader(cursor, this, this.expressions, this.tables, this.facts);
        this.changes = new ChangeReader(cursor, this, this.facts);
        this.definitions = new DefinitionReader(cursor, this, this.facts);
    }

    ExpressionReader expressions() {
        return this.expressions;
    }

    FromReader tables() {
        return this.tables;
    }

    QueryReader queries() {
        return this.queries;
    }

    /** Reads the statement and tells what it does. */
    SqlStatement read() {
        SqlToken first = this.cursor.token();
        this.facts.verb(first.text().toUpperCase(Locale.ROOT));
        this.facts.shape(readMain());
        return this.facts.statement();
    }

    /** Why it is not understood. */
    List<String> problems() {
        return this.facts.problems();
    }

    /** Whether it begins as some statement does. */
    static boolean isVerb(SqlToken token) {
        return token.isWordOf(SqlWords.INNER)
                || token.isWordOf(SqlWords.VERBS)
                || token.isWordOf(TRANSACTIONS)
                || token.isWordOf(SESSIONS)
                || token.isWordOf(LOOKS)
                || token.isWordOf(CARE)
                || token.isWordOf(OPAQUE)
                || token.isWordOf(OTHERS)
                || token.isSymbol("(")
                || token.kind() == SqlToken.Kind.CLIENT
                || token.isWord() && SqlFunctions.isDangerous(token.text());
    }

    /** Reads a query or a change in parentheses, as it stands in WITH. */
    QueryShape readInner() {
        Set<String> outside = this.facts.ctes();
        QueryShape shape = readMain();
        this.facts.ctes(outside);
        return shape;
    }

    /** Reads what a statement is without WITH. */
    QueryShape readMain() {
        SqlToken first = this.cursor.token();
        QueryShape shape = QueryShape.NO_QUERY;
        switch (first.text()) {
            case "select", "values", "table", "(", "from", "with" -> {
                if (first.isWord("with") && this.cursor.token(1).isName()) {
                    this.queries.readWith();
                    this.facts.verb(this.cursor.token().text().toUpperCase(Locale.ROOT));
                    shape = readMain();
                } else {
                    shape = this.queries.readQuery();
                }
            }
            case "insert", "replace" -> this.changes.readInsert();
            case "update" -> this.changes.readUpdate();
            case "delete" -> this.changes.readDelete();
            case "merge" -> this.changes.readMerge();
            case "truncate" -> this.changes.readTruncate();
            case "copy" -> this.changes.readCopy();
            case "create", "alter", "drop" -> this.definitions.read();
            case "grant", "revoke" ->
                this.definitions.readOnObjects(first.text().toUpperCase(Locale.ROOT));
            case "comment" -> this.definitions.readOnObjects("COMMENT");
            case "security" -> this.definitions.readOnObjects("SECURITY LABEL");
            case "rename" -> this.definitions.readRename();
            case "explain" -> readExplain();
            default -> readOther(first);
        }
        return shape;
    }

    private void readOther(SqlToken first) {
        if (first.kind() == SqlToken.Kind.CLIENT) {
            readClient(first);
        } else if (first.isWordOf(OPAQUE) || SqlFunctions.isDangerous(first.text())) {
            readOpaque(first);
        } else if (first.isWordOf(TRANSACTIONS)) {
            readTransaction(first);
        } else if (first.isWordOf(SESSIONS)) {
            new SessionReader(this.cursor, this, this.facts).read();
        } else if (first.isWordOf(LOOKS)) {
            this.cursor.next();
            while (!this.cursor.atEnd()) {
                SqlToken token = this.cursor.token();
                if (token.isName() && !this.cursor.token(1).isSymbol("(")) {
                    this.facts.source(this.cursor.name());
                } else {
                    this.expressions.readOne();
                }
            }
        } else if (first.isWordOf(CARE)) {
            this.facts.atLeast(Kind.CHANGE);
            this.cursor.next();
            readTargets();
        } else {
            this.facts.problem("begins with a word that begins no statement");
            this.expressions.readAll();
        }
    }

    /** Every name is something it works on. */
    private void readTargets() {
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isName() && !this.cursor.token(1).isSymbol("(") && !token.isWordOf(CARE_WORDS)) {
                this.facts.target(this.cursor.name());
            } else {
                this.expressions.readOne();
            }
        }
    }

    private void readOpaque(SqlToken first) {
        SqlToken second = this.cursor.token(1);
        if (first.isWord("prepare") && second.isWord("transaction")) {
            this.facts.atLeast(Kind.TRANSACTION);
            this.cursor.skipTo(this.cursor.end());
            return;
        }
        if (first.isWord("declare") && isCursor()) {
            while (!this.cursor.atEnd() && !this.cursor.token().isWordOf(Set.of("select", "with", "values", "table"))) {
                this.cursor.next();
            }
            this.queries.readQuery();
            return;
        }
        String construct = first.text().toUpperCase(Locale.ROOT);
        this.facts.opaque((first.isWord("exec") ? "EXECUTE" : construct)
                + (first.isWord("load") && second.isWord("data") ? " DATA" : ""));
        this.cursor.next();
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isWordOf(SqlWords.INNER) && this.cursor.token(-1).isWord("as")) {
                readMain();
            } else if (token.isWord("into") || token.isWord("table")) {
                this.cursor.next();
                this.cursor.skip("table");
                if (this.cursor.isName()) {
                    this.facts.target(this.cursor.name());
                }
            } else {
                this.cursor.next();
            }
        }
    }

    private boolean isCursor() {
        for (int i = 1; i < 8; i++) {
            if (this.cursor.token(i).isWord("cursor")) {
                return true;
            }
        }
        return false;
    }

    private void readTransaction(SqlToken first) {
        this.facts.atLeast(Kind.TRANSACTION);
        SqlToken second = this.cursor.token(1);
        if (first.isWord("begin") && second.isName() && !second.isWordOf(AFTER_BEGIN)
                || first.isWord("start") && !second.isWord("transaction")) {
            this.facts.opaque("BEGIN block");
        }
        this.cursor.next();
        if (first.isWord("lock")) {
            this.cursor.skip("table");
            this.cursor.skip("tables");
            this.tables.readTables();
        }
        while (!this.cursor.atEnd()) {
            this.expressions.readOne();
        }
    }

    /** Whether it runs what it explains. */
    private void readExplain() {
        this.cursor.next();
        boolean[] runs = {false};
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isSymbol("(") && !this.cursor.token(1).isWordOf(Set.of("select", "with", "values", "table"))) {
                this.cursor.inParentheses(() -> runs[0] |= saysAnalyze());
            } else if (token.isWord("analyze") || token.isWord("analyse")) {
                runs[0] = true;
                this.cursor.next();
            } else if (token.isSymbol("(") || isVerb(token)) {
                break;
            } else if (!this.cursor.token(1).isWord() && token.isName() && this.cursor.token(1) == SqlToken.NONE) {
                // MySQL describes a table so
                this.facts.source(this.cursor.name());
            } else {
                this.cursor.next();
            }
        }
        if (this.cursor.atEnd()) {
            return;
        }
        if (runs[0]) {
            this.facts.verb("EXPLAIN ANALYZE");
            readMain();
            return;
        }
        StatementReader explained = new StatementReader(this.cursor);
        SqlStatement inner = explained.read();
        inner.sources().forEach(this.facts::source);
        inner.targets().forEach(this.facts::source);
        explained.problems().forEach(this.facts::problem);
    }

    private boolean saysAnalyze() {
        boolean runs = false;
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (token.isWord("analyze") || token.isWord("analyse")) {
                SqlToken value = this.cursor.token(1);
                runs |= !value.isWordOf(Set.of("false", "off")) && !value.text().equals("0");
            }
            this.cursor.next();
        }
        return runs;
    }

    private void readClient(SqlToken command) {
        this.facts.verb("\\");
        if (!ClientCommands.isHarmless(command.text())) {
            this.facts.opaque("psql command");
        }
        this.cursor.next();
        this.expressions.readAll();
    }
}
