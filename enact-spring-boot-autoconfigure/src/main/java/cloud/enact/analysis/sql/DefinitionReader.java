package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.Locale;
import java.util.Set;

/** Reads what defines, alters and removes things. Used for one statement. */
final class DefinitionReader {

    private static final Set<String> ATTRIBUTES =
            SqlWords.words("or replace temp temporary global local unlogged unique "
                    + "recursive external virtual foreign event trusted procedural constraint concurrently materialized "
                    + "default clustered nonclustered bitmap fulltext spatial transient secure editionable force public "
                    + "user access text search aggregate");

    /** What these are, or do when something happens, stands in no statement. */
    private static final Set<String> OPAQUE = SqlWords.words("function procedure proc trigger rule extension language "
            + "server wrapper subscription publication event assembly operator cast transform routine "
            + "package job task library");

    /** Things that hold tables. */
    private static final Set<String> CONTAINERS = SqlWords.words("schema database owned catalog tablespace keyspace");

    private static final Set<String> ON_TABLES = SqlWords.words("index trigger policy rule statistics constraint");

    private static final Set<String> TABLES = SqlWords.words("table view index sequence materialized foreign");

    private static final Set<String> BEFORE_NAMES = SqlWords.words("if not exists only concurrently");

    private static final Set<String> AFTER_DROPPED = SqlWords.words(
            "cascade restrict purge force with on for server invisible online algorithm lock no delay sync");

    private static final Set<String> AFTER_TABLE = SqlWords.words("as of partition like using with without select "
            + "inherits on tablespace engine clone comment location stored row cluster default values table "
            + "strict character charset collate auto_increment in copy");

    private static final Set<String> BEFORE_TABLES =
            SqlWords.words("references like of partition inherit inherits on to join into");

    private final TokenCursor cursor;

    private final StatementReader statement;

    private final StatementFacts facts;

    DefinitionReader(TokenCursor cursor, StatementReader statement, StatementFacts facts) {
        this.cursor = cursor;
        this.statement = statement;
        this.facts = facts;
    }

    /** {@code CREATE}, {@code ALTER} and {@code DROP}. */
    void read() {
        this.statement.expressions().defining();
        this.facts.atLeast(Kind.DEFINITION);
        String verb = this.cursor.token().text();
        this.cursor.next();
        String object = object();
        this.facts.verb(upper(verb + " " + object));
        if (object.equals("system")) {
            this.facts.opaque(upper(verb) + " SYSTEM");
        }
        if (OPAQUE.contains(object) && !verb.equals("drop")) {
            this.facts.opaque(upper(verb + " " + object));
        }
        if (verb.equals("drop") && CONTAINERS.contains(object)) {
            this.facts.danger("DROP " + upper(object));
        }
        if (object.equals("privileges")) {
            this.facts.danger("ALL TABLES");
        }
        if (object.equals("system") || object.equals("privileges")) {
            this.cursor.skipTo(this.cursor.end());
        }
        readNames(object);
        check(verb, object);
        readRest(verb);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** What kind of thing it is about. */
    private String object() {
        while (this.cursor.token().isWordOf(ATTRIBUTES) && this.cursor.token(1).isName()) {
            if (this.cursor.token().isWord("user") || this.cursor.token().isWord("aggregate")) {
                // CREATE USER x, CREATE USER MAPPING
                break;
            }
            this.cursor.next();
        }
        if (this.cursor.token().isWord("definer") || this.cursor.token().isWord("algorithm")) {
            while (!this.cursor.atEnd()
                    && !this.cursor.token().isWordOf(TABLES)
                    && !this.cursor.token().isWordOf(OPAQUE)) {
                this.cursor.next();
            }
        }
        String object = this.cursor.token().isWord() ? this.cursor.token().text() : "";
        this.cursor.next();
        if (object.equals("data")) {
            object = "wrapper";
        }
        return object;
    }

    private void readNames(String object) {
        while (this.cursor.token().isWordOf(BEFORE_NAMES)) {
            this.cursor.next();
        }
        boolean onTable = ON_TABLES.contains(object);
        boolean expected = !object.isEmpty() && !this.cursor.token().isWord("on");
        while (expected) {
            if (this.cursor.token().isString()) {
                this.facts.target(SqlNames.inString(this.cursor.token().text()));
                this.cursor.next();
            } else if (this.cursor.isName() && !this.cursor.token().isWord("by")) {
                if (this.cursor.token().isWord("all") && this.cursor.token(1).isWord("in")) {
                    this.facts.danger("ALL TABLES");
                }
                this.facts.target(this.cursor.name());
                this.cursor.skipSymbol("*");
            }
            expected = this.cursor.skipSymbol(",");
        }
        if (onTable) {
            while (!this.cursor.atEnd() && !this.cursor.token().isWord("on")) {
                this.statement.expressions().readOne();
            }
            if (this.cursor.skip("on")) {
                this.cursor.skip("only");
                if (this.cursor.isName()) {
                    this.facts.target(this.cursor.name());
                }
            }
        }
    }

    /** What is no definition at all begins like one: {@code drop table saw reviews}. */
    private void check(String verb, String object) {
        SqlToken next = this.cursor.token();
        boolean goesOn = next.isWord() && !AFTER_DROPPED.contains(next.text());
        if (goesOn && (verb.equals("drop") || object.equals("table") && verb.equals("create") && !startsTable(next))) {
            this.facts.problem("goes on where it should end");
        }
    }

    private static boolean startsTable(SqlToken next) {
        return AFTER_TABLE.contains(next.text());
    }

    private void readRest(String verb) {
        boolean defines = verb.equals("create");
        while (!this.cursor.atEnd()) {
            SqlToken token = this.cursor.token();
            if (defines && token.isWordOf(Set.of("select", "with", "values", "table", "from")) && isQuery(token)) {
                this.statement.queries().readQuery();
            } else if (token.isSymbol("(")) {
                this.cursor.inParentheses(this::inside);
            } else {
                readReference(token);
            }
        }
    }

    private boolean isQuery(SqlToken token) {
        SqlToken before = this.cursor.token(-1);
        return before.isWord("as") || before.isSymbol(")") || token.isWord("select");
    }

    private void inside() {
        if (this.cursor.token().isWordOf(SqlWords.INNER)) {
            this.statement.expressions().inside();
            return;
        }
        while (!this.cursor.atEnd()) {
            if (this.cursor.token().isSymbol("(")) {
                this.cursor.inParentheses(this::inside);
            } else {
                readReference(this.cursor.token());
            }
        }
    }

    /** {@code REFERENCES t}, {@code LIKE t}, {@code RENAME TO t}, {@code ATTACH PARTITION t}. */
    private void readReference(SqlToken token) {
        if (!token.isWordOf(BEFORE_TABLES)) {
            this.statement.expressions().readOne();
            return;
        }
        this.cursor.next();
        if (token.isWord("inherits") && this.cursor.token().isSymbol("(")) {
            this.cursor.inParentheses(this::parents);
            return;
        }
        if (this.cursor.isName() && !this.cursor.token().isWordOf(BEFORE_TABLES)) {
            SqlName name = this.cursor.name();
            if (this.cursor.token().isSymbol("(") && !token.isWord("references")) {
                this.statement.expressions().readOne();
            }
            this.facts.source(name);
        }
    }

    private void parents() {
        while (!this.cursor.atEnd()) {
            if (this.cursor.isName()) {
                this.facts.source(this.cursor.name());
            } else {
                this.cursor.next();
            }
        }
    }

    /** {@code GRANT}, {@code REVOKE}, {@code COMMENT} and {@code SECURITY LABEL}. */
    void readOnObjects(String verb) {
        this.facts.atLeast(Kind.DEFINITION);
        this.facts.verb(verb);
        while (!this.cursor.atEnd() && !this.cursor.token().isWord("on")) {
            this.cursor.next();
        }
        this.cursor.skip("on");
        if (this.cursor.token().isWord("all")) {
            this.facts.danger("ALL TABLES");
            this.cursor.skipTo(this.cursor.end());
        }
        boolean column = this.cursor.token().isWord("column");
        if (this.cursor.token(1).isName() && !this.cursor.token(1).isWordOf(Set.of("to", "from", "is"))) {
            // TABLE, SCHEMA, FUNCTION
            this.cursor.next();
        }
        while (!this.cursor.atEnd() && !this.cursor.token().isWordOf(Set.of("to", "from", "is"))) {
            if (this.cursor.isName()) {
                SqlName name = this.cursor.name();
                int parts = name.parts().size();
                this.facts.target(
                        (column && parts > 1) ? new SqlName(name.parts().subList(0, parts - 1)) : name);
            } else {
                this.statement.expressions().readOne();
            }
        }
        while (!this.cursor.atEnd()) {
            this.cursor.next();
        }
    }

    /** {@code RENAME TABLE a TO b}. */
    void readRename() {
        this.facts.atLeast(Kind.DEFINITION);
        this.facts.verb("RENAME TABLE");
        this.cursor.next();
        while (!this.cursor.atEnd()) {
            if (this.cursor.isName() && !this.cursor.token().isWordOf(Set.of("table", "tables", "to"))) {
                this.facts.target(this.cursor.name());
            } else {
                this.cursor.next();
            }
        }
    }
}
