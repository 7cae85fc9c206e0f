package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into tokens as one dialect does, once, from left to right. It notes where the other dialect would go on
 * elsewhere, and stops where it can't go on. Used for one text.
 */
final class SqlLexer {

    private static final int MOST_TOKENS = 60_000;

    private static final String COMPARING = "<>=!~|&";

    private static final String SINGLE = "+-*/%^#,;()[]{}.:@?$";

    private final SqlScan scan;

    private final QuoteReader quotes;

    private final CommentReader comments;

    SqlLexer(String text, SqlDialect dialect) {
        this.scan = new SqlScan(text, dialect);
        this.quotes = new QuoteReader(this.scan);
        this.comments = new CommentReader(this.scan);
    }

    /** Reads the text to its end, or to the problem. */
    void readAll() {
        while (this.scan.tokens().size() < MOST_TOKENS && readNext()) {
            // all are kept
        }
        if (this.scan.problem() == null && this.scan.at() < this.scan.length()) {
            this.scan.fail("is too long to be read");
        }
    }

    /** Reads on to the next token, if there is one. */
    boolean readNext() {
        int before = this.scan.tokens().size();
        while (this.scan.tokens().size() == before
                && this.scan.problem() == null
                && this.scan.at() < this.scan.length()) {
            readOne();
        }
        return this.scan.tokens().size() > before;
    }

    /** The tokens up to the problem, if there is one, or as far as it was read. */
    List<SqlToken> tokens() {
        return this.scan.tokens();
    }

    /** Whether another dialect may find other tokens. */
    boolean isAmbiguous() {
        return this.scan.isAmbiguous();
    }

    /** Whether there are only words, numbers, plain strings and names, and symbols. */
    boolean isPlain() {
        return this.scan.isPlain();
    }

    /** Why the text can't be read to its end, as the end of a sentence. */
    @Nullable
    String problem() {
        return this.scan.problem();
    }

    /** Why nobody should trust the text, although it can be read. */
    @Nullable
    String notice() {
        return this.scan.notice();
    }

    private void readOne() {
        char c = this.scan.charAt(this.scan.at());
        if (c == ' ' || c >= '\t' && c <= '\r') {
            this.scan.goTo(this.scan.at() + 1);
        } else if (SqlScan.isNameStart(c)) {
            word();
        } else if (c >= '0' && c <= '9'
                || c == '.' && this.scan.isDigit(this.scan.at() + 1) && !this.scan.followsName()) {
            number();
        } else {
            special(c);
        }
    }

    private void special(char c) {
        switch (c) {
            case '\'' -> this.quotes.string(this.scan.at(), false);
            case '"' -> this.quotes.name('"');
            case '`' -> this.quotes.name('`');
            case '[' -> this.quotes.bracket();
            case '-' -> this.comments.dash();
            case '/' -> this.comments.slash();
            case '*' -> this.comments.star();
            case '#' -> this.comments.hash();
            case '$' -> this.quotes.dollar();
            case '@', ':' -> parameter(c);
            case '?' -> question();
            case '\\' -> clientCommand();
            default -> symbol(c);
        }
    }

    private void symbol(char c) {
        if (COMPARING.indexOf(c) >= 0) {
            int end = this.scan.at() + 1;
            while (end < this.scan.length() && COMPARING.indexOf(this.scan.charAt(end)) >= 0) {
                end++;
            }
            this.scan.add(Kind.SYMBOL, this.scan.substring(this.scan.at(), end), end);
        } else if (SINGLE.indexOf(c) >= 0) {
            this.scan.add(Kind.SYMBOL, String.valueOf(c), this.scan.at() + 1);
        } else {
            this.scan.fail("holds a character that is no part of SQL");
        }
    }

    private void word() {
        int end = this.scan.at() + 1;
        while (end < this.scan.length() && SqlScan.isNamePart(this.scan.charAt(end))) {
            end++;
        }
        String word = this.scan.substring(this.scan.at(), end).toLowerCase(Locale.ROOT);
        char next = this.scan.charAt(end);
        if (next == '\'' || next == '&') {
            this.scan.unusual();
        }
        if (next == '\'' && word.equals("e")) {
            this.quotes.string(end, true);
        } else if (next == '\'' && (word.equals("q") || word.equals("nq"))) {
            this.scan.fail("holds a string that databases read differently");
        } else if (next == '\'' && (word.equals("b") || word.equals("x") || word.equals("n"))) {
            this.quotes.string(end, false);
        } else if (word.equals("u")
                && next == '&'
                && (this.scan.charAt(end + 1) == '\'' || this.scan.charAt(end + 1) == '"')) {
            this.quotes.unicode(end + 1);
        } else {
            this.scan.add(Kind.WORD, word, end);
        }
    }

    private void number() {
        int end = this.scan.at() + 1;
        char second = this.scan.charAt(end);
        if (this.scan.charAt(this.scan.at()) == '0' && "xXbBoO".indexOf(second) >= 0 && this.scan.isHex(end + 1)) {
            end++;
            while (this.scan.isHex(end) || this.scan.charAt(end) == '_') {
                end++;
            }
        } else {
            while (this.scan.isDigit(end) || this.scan.charAt(end) == '_' && this.scan.isDigit(end + 1)) {
                end++;
            }
            if (this.scan.charAt(end) == '.' && this.scan.charAt(this.scan.at()) != '.') {
                end++;
                while (this.scan.isDigit(end)) {
                    end++;
                }
            }
            if (this.scan.charAt(end) == 'e' || this.scan.charAt(end) == 'E') {
                int digits = end + ((this.scan.charAt(end + 1) == '+' || this.scan.charAt(end + 1) == '-') ? 2 : 1);
                while (this.scan.isDigit(digits)) {
                    end = ++digits;
                }
            }
        }
        this.scan.add(Kind.NUMBER, this.scan.substring(this.scan.at(), end), end);
    }

    /** {@code :name} and {@code @name} stand for values, unless something before or behind makes them part of more. */
    private void parameter(char mark) {
        int from = this.scan.at() + 1;
        if (this.scan.charAt(from) == ':' || mark == ':' && this.scan.charAt(from) == '=') {
            this.scan.add(Kind.SYMBOL, this.scan.substring(this.scan.at(), from + 1), from + 1);
            return;
        }
        from += (mark == '@' && this.scan.charAt(from) == '@') ? 1 : 0;
        if (mark == ':'
                && (this.scan.charAt(from) == '\'' || this.scan.charAt(from) == '"')
                && !this.scan.followsName()) {
            // psql puts a variable here, in quotes
            this.scan.add(Kind.PARAMETER, ":", from);
            return;
        }
        int end = from;
        while (SqlScan.isNamePart(this.scan.charAt(end))) {
            end++;
        }
        boolean called = this.scan.charAt(end) == '(' || this.scan.charAt(end) == '.' || this.scan.charAt(end) == ' ';
        if (end == from || this.scan.followsName() || mark == '@' && called && isCalled(end)) {
            this.scan.add(Kind.SYMBOL, String.valueOf(mark), this.scan.at() + 1);
        } else {
            this.scan.add(Kind.PARAMETER, this.scan.substring(this.scan.at(), end), end);
        }
    }

    private boolean isCalled(int end) {
        int i = end;
        while (this.scan.charAt(i) == ' ') {
            i++;
        }
        return this.scan.charAt(i) == '(' || this.scan.charAt(i) == '.';
    }

    private void question() {
        boolean operator = this.scan.charAt(this.scan.at() + 1) == '|' || this.scan.charAt(this.scan.at() + 1) == '&';
        this.scan.add(operator ? Kind.SYMBOL : Kind.PARAMETER, "?", this.scan.at() + 1);
    }

    private void clientCommand() {
        this.scan.unusual();
        int end = this.scan.at() + 1;
        while (end < this.scan.length() && this.scan.charAt(end) != '\n' && this.scan.charAt(end) != '\\') {
            end++;
        }
        this.scan.add(Kind.CLIENT, this.scan.substring(this.scan.at() + 1, end).strip(), end);
    }
}
