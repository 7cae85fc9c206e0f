package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what changes a session. Used for one statement. */
final class SessionReader {

    /** Settings that change who somebody is, or how statements are read and limited. */
    private static final Set<String> DANGEROUS = SqlWords.words("role session_authorization session_replication_role "
            + "standard_conforming_strings backslash_quote row_security sql_mode global persist writable_schema "
            + "quoted_identifier sql_safe_updates foreign_key_checks default_transaction_read_only "
            + "transaction_read_only password ignore_check_constraints trusted_schema");

    private final TokenCursor cursor;

    private final StatementReader statement;

    private final StatementFacts facts;

    SessionReader(TokenCursor cursor, StatementReader statement, StatementFacts facts) {
        this.cursor = cursor;
        this.statement = statement;
        this.facts = facts;
    }

    void read() {
        this.facts.atLeast(Kind.SESSION);
        SqlToken verb = this.cursor.token();
        this.cursor.next();
        if (verb.isWord("set") || verb.isWord("reset") || verb.isWord("pragma")) {
            while (this.cursor.token().isWordOf(Set.of("session", "local"))) {
                this.cursor.next();
            }
            readSetting(verb.text().toUpperCase(Locale.ROOT));
        }
        this.statement.expressions().readAll();
    }

    private void readSetting(String verb) {
        SqlToken setting = this.cursor.token();
        if (setting.isWord("transaction") || setting.isWord("characteristics")) {
            this.facts.verb("SET TRANSACTION");
        } else if (setting.isWord("authorization")) {
            this.facts.opaque("SET SESSION AUTHORIZATION");
        } else if (setting.isName() && DANGEROUS.contains(setting.text().toLowerCase(Locale.ROOT))) {
            this.facts.opaque(verb + " " + setting.text().toUpperCase(Locale.ROOT));
        } else if (setting.kind() == SqlToken.Kind.PARAMETER && setting.text().startsWith("@@")) {
            this.facts.opaque(verb + " GLOBAL");
        } else if (verb.equals("PRAGMA")
                && this.cursor.token(1).isSymbol("(")
                && this.cursor.token(2).isName()) {
            // PRAGMA table_info(orders)
            this.facts.source(new SqlName(List.of(this.cursor.token(2).text())));
        }
    }
}
