package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into tokens as one dialect does, once, from left to right. It notes where the other dialect would go on
 * elsewhere, and stops where it can't go on. Used for one text.
 */
final class SqlLexer {

    private static final int MOST_TOKENS = 60_000;

    private static final int LONGEST_LINE = 2000;

    private static final String COMPARING = "<>=!~|&";

    private static final String SINGLE = "+-*/%^#,;()[]{}.:@?$";

    private final String text;

    private final SqlDialect dialect;

    private final List<SqlToken> tokens = new ArrayList<>();

    private int at;

    /** Where a name in brackets would end, or -1. */
    private int bracketEnd = -1;

    private int nextBracket = -2;

    private boolean ambiguous;

    private boolean plain = true;

    private @Nullable String problem;

    private @Nullable String notice;

    SqlLexer(String text, SqlDialect dialect) {
        this(text, dialect, MOST_TOKENS);
        if (this.problem == null && this.at < text.length()) {
            this.problem = "is too long to be read";
        }
    }

    /** Reads no more than so many tokens. */
    SqlLexer(String text, SqlDialect dialect, int most) {
        this.text = text;
        this.dialect = dialect;
        while (this.problem == null && this.at < text.length() && this.tokens.size() < most) {
            scan();
        }
    }

    /** The tokens up to the problem, if there is one. */
    List<SqlToken> tokens() {
        return this.tokens;
    }

    /** Whether another dialect may find other tokens. */
    boolean isAmbiguous() {
        return this.ambiguous;
    }

    /** Why the text can't be read to its end, as the end of a sentence. */
    @Nullable
    String problem() {
        return this.problem;
    }

    private void scan() {
        char c = this.text.charAt(this.at);
        if (c == ' ' || c >= '\t' && c <= '\r') {
            this.at++;
        } else if (isNameStart(c)) {
            word();
        } else if (c >= '0' && c <= '9' || c == '.' && isDigit(this.at + 1) && !followsName()) {
            number();
        } else {
            special(c);
        }
    }

    /** Whether there are only words, numbers, plain strings and names, and symbols. */
    boolean isPlain() {
        return this.plain;
    }

    /** Why nobody should trust the text, although it can be read. */
    @Nullable
    String notice() {
        return this.notice;
    }

    private void special(char c) {
        switch (c) {
            case '\'' -> string(this.at, false);
            case '"' -> name('"');
            case '`' -> name('`');
            case '[' -> bracket();
            case '-' -> dash();
            case '/' -> slash();
            case '*' -> star();
            case '#' -> hash();
            case '$' -> dollar();
            case '@', ':' -> parameter(c);
            case '?' -> question();
            case '\\' -> clientCommand();
            default -> symbol(c);
        }
    }

    private void symbol(char c) {
        if (COMPARING.indexOf(c) >= 0) {
            int end = this.at + 1;
            while (end < this.text.length() && COMPARING.indexOf(this.text.charAt(end)) >= 0) {
                end++;
            }
            add(Kind.SYMBOL, this.text.substring(this.at, end), end);
        } else if (SINGLE.indexOf(c) >= 0) {
            add(Kind.SYMBOL, String.valueOf(c), this.at + 1);
        } else {
            this.problem = "holds a character that is no part of SQL";
        }
    }

    private void word() {
        int end = this.at + 1;
        while (end < this.text.length() && isNamePart(this.text.charAt(end))) {
            end++;
        }
        String word = this.text.substring(this.at, end).toLowerCase(Locale.ROOT);
        char next = charAt(end);
        this.plain &= next != '\'' && next != '&';
        if (next == '\'' && word.equals("e")) {
            string(end, true);
        } else if (next == '\'' && (word.equals("q") || word.equals("nq"))) {
            this.problem = "holds a string that databases read differently";
        } else if (next == '\'' && (word.equals("b") || word.equals("x") || word.equals("n"))) {
            string(end, false);
        } else if (word.equals("u") && next == '&' && (charAt(end + 1) == '\'' || charAt(end + 1) == '"')) {
            unicode(end + 1);
        } else {
            add(Kind.WORD, word, end);
        }
    }

    /** A name behind {@code U&} may be spelled in numbers; nobody writes one so that is not hiding it. */
    private void unicode(int quote) {
        if (this.text.charAt(quote) == '\'') {
            string(quote, false);
            return;
        }
        this.problem = "holds a name that is spelled in numbers";
    }

    private void number() {
        int end = this.at + 1;
        char second = charAt(end);
        if (this.text.charAt(this.at) == '0' && "xXbBoO".indexOf(second) >= 0 && isHex(end + 1)) {
            end++;
            while (isHex(end) || charAt(end) == '_') {
                end++;
            }
        } else {
            while (isDigit(end) || charAt(end) == '_' && isDigit(end + 1)) {
                end++;
            }
            if (charAt(end) == '.' && this.text.charAt(this.at) != '.') {
                end++;
                while (isDigit(end)) {
                    end++;
                }
            }
            if (charAt(end) == 'e' || charAt(end) == 'E') {
                int digits = end + ((charAt(end + 1) == '+' || charAt(end + 1) == '-') ? 2 : 1);
                while (isDigit(digits)) {
                    end = ++digits;
                }
            }
        }
        add(Kind.NUMBER, this.text.substring(this.at, end), end);
    }

    private void string(int quote, boolean escapes) {
        int i = quote + 1;
        while (i < this.text.length()) {
            char c = this.text.charAt(i);
            if (c == '\\') {
                this.plain = false;
                if (escapes || this.dialect == SqlDialect.MYSQL) {
                    i++;
                } else if (charAt(i + 1) == '\'' || charAt(i + 1) == '\\') {
                    this.ambiguous = true;
                }
            } else if (c == '\'') {
                if (charAt(i + 1) != '\'') {
                    add(Kind.STRING, this.text.substring(quote + 1, i), i + 1);
                    continued(escapes);
                    return;
                }
                i++;
            } else if (c == 0) {
                break;
            }
            i++;
        }
        this.problem = "holds a string that does not end";
    }

    /** The escapes of a string go on in its next part. */
    private void continued(boolean escapes) {
        int i = this.at;
        while (escapes && i < this.text.length() && Character.isWhitespace(this.text.charAt(i))) {
            i++;
        }
        if (i > this.at && (charAt(i) == '\'' || this.text.startsWith("--", i))) {
            this.problem = "holds a string in parts";
        }
    }

    private void name(char quote) {
        boolean escapes = quote == '"' && this.dialect == SqlDialect.MYSQL;
        StringBuilder name = new StringBuilder();
        for (int i = this.at + 1; i < this.text.length(); i++) {
            char c = this.text.charAt(i);
            if (c == quote) {
                if (charAt(i + 1) != quote) {
                    addName(name.toString(), i + 1, quote);
                    return;
                }
                i++;
            } else if (c == '\\' && quote == '"') {
                this.ambiguous = true;
                i += escapes ? 1 : 0;
                c = charAt(i);
            } else if (c == 0) {
                break;
            }
            name.append(c);
        }
        this.problem = "holds a quoted name that does not end";
    }

    private void addName(String name, int end, char quote) {
        if (quote == '`' && changesWhatFollows(name)) {
            this.problem = "holds a quoted name that databases read differently";
            return;
        }
        add(Kind.NAME, name, end);
    }

    private static boolean changesWhatFollows(String inside) {
        return inside.indexOf('\'') >= 0
                || inside.indexOf('"') >= 0
                || inside.indexOf(';') >= 0
                || inside.indexOf('$') >= 0
                || inside.contains("--")
                || inside.contains("/*");
    }

    /** A name for one database, an index for the next. */
    private void bracket() {
        this.plain = false;
        if (followsValue()) {
            this.bracketEnd = Math.max(this.bracketEnd, closingBracket());
            add(Kind.SYMBOL, "[", this.at + 1);
            return;
        }
        int end = closingBracket();
        String inside = (end < 0) ? "" : this.text.substring(this.at + 1, end);
        if (inside.isBlank() || changesWhatFollows(inside) || charAt(end + 1) == ']' || inside.indexOf('[') >= 0) {
            this.problem = "holds brackets that databases read differently";
            return;
        }
        add(Kind.NAME, inside, end + 1);
    }

    /** The next closing bracket, or -1; searched for once for all that open before it. */
    private int closingBracket() {
        if (this.nextBracket < this.at && this.nextBracket != -1) {
            this.nextBracket = this.text.indexOf(']', this.at);
        }
        return this.nextBracket;
    }

    private void dash() {
        if (charAt(this.at + 1) != '-') {
            boolean arrow = charAt(this.at + 1) == '>';
            int end = this.at + (arrow ? (charAt(this.at + 2) == '>') ? 3 : 2 : 1);
            add(Kind.SYMBOL, this.text.substring(this.at, end), end);
            return;
        }
        char next = charAt(this.at + 2);
        if (next > ' ') {
            this.ambiguous = true;
            if (this.dialect == SqlDialect.MYSQL) {
                add(Kind.SYMBOL, "-", this.at + 1);
                return;
            }
        }
        skipLine();
    }

    private void hash() {
        int symbol = this.at + ((charAt(this.at + 1) == '>') ? (charAt(this.at + 2) == '>') ? 3 : 2 : 1);
        if (isPathOfJson(symbol)) {
            add(Kind.SYMBOL, this.text.substring(this.at, symbol), symbol);
            return;
        }
        this.ambiguous = true;
        if (this.dialect == SqlDialect.MYSQL) {
            skipLine();
        } else {
            add(Kind.SYMBOL, "#", this.at + 1);
        }
    }

    /** {@code data #>> '{a,b}'}, in a line that ends in the state it would end in as a comment. */
    private boolean isPathOfJson(int from) {
        int quote = from + ((charAt(from) == ' ') ? 1 : 0);
        if (from < this.at + 2 || !this.text.startsWith("'{", quote)) {
            return false;
        }
        int end = quote;
        while (charAt(end) >= ' ' && end < quote + LONGEST_LINE) {
            end++;
        }
        String rest = this.text.substring(quote, end);
        return end < quote + LONGEST_LINE
                && rest.chars().filter(c -> c == '\'').count() % 2 == 0
                && !rest.contains("/*")
                && rest.indexOf('"') < 0
                && rest.indexOf('$') < 0
                && rest.indexOf('`') < 0;
    }

    private void skipLine() {
        this.plain = false;
        int end = lineEnd();
        spans(end);
        this.at = end;
    }

    private int lineEnd() {
        int i = this.at;
        while (i < this.text.length() && this.text.charAt(i) != '\n') {
            if (this.text.charAt(i) == '\r' && charAt(i + 1) != '\n') {
                this.ambiguous = true;
                if (this.dialect == SqlDialect.POSTGRES) {
                    return i;
                }
            }
            i++;
        }
        return i;
    }

    private void star() {
        if (this.notice != null && this.dialect == SqlDialect.MYSQL && charAt(this.at + 1) == '/') {
            this.at += 2;
        } else {
            symbol('*');
        }
    }

    private void slash() {
        if (charAt(this.at + 1) != '*') {
            add(Kind.SYMBOL, "/", this.at + 1);
            return;
        }
        if (charAt(this.at + 2) == '!' || this.text.startsWith("M!", this.at + 2)) {
            this.notice = "holds a comment that some databases execute";
            this.ambiguous = true;
            if (this.dialect == SqlDialect.MYSQL) {
                this.at = this.text.indexOf('!', this.at) + 1;
                while (isDigit(this.at)) {
                    this.at++;
                }
                return;
            }
        }
        this.plain = false;
        int depth = 1;
        int i = this.at + 2;
        while (i < this.text.length() && depth > 0) {
            if (this.text.startsWith("*/", i)) {
                depth--;
                i += 2;
            } else if (this.text.startsWith("/*", i)) {
                this.ambiguous = true;
                depth += (this.dialect == SqlDialect.POSTGRES) ? 1 : 0;
                i += 2;
            } else {
                i++;
            }
        }
        if (depth > 0) {
            this.problem = "holds a comment that does not end";
            return;
        }
        spans(i);
        this.at = i;
    }

    private void dollar() {
        int tag = this.at + 1;
        while (isNamePart(charAt(tag)) && charAt(tag) != '$') {
            tag++;
        }
        if (isDigit(this.at + 1)) {
            add(Kind.PARAMETER, this.text.substring(this.at, tag), tag);
            return;
        }
        if (charAt(tag) == '{') {
            // a template puts a value here
            int end = tag + 1;
            while (isNamePart(charAt(end)) || charAt(end) == '.') {
                end++;
            }
            end++;
            boolean plain = charAt(end - 1) == '}';
            add(plain ? Kind.PARAMETER : Kind.SYMBOL, "$", plain ? end : tag);
            return;
        }
        boolean opens = charAt(tag) == '$';
        this.ambiguous |= opens;
        if (!opens || this.dialect == SqlDialect.MYSQL) {
            add(Kind.WORD, this.text.substring(this.at, tag), tag);
            return;
        }
        this.plain = false;
        String quote = this.text.substring(this.at, tag + 1);
        int end = this.text.indexOf(quote, tag + 1);
        if (end < 0) {
            this.problem = "holds a string that does not end";
            return;
        }
        add(Kind.STRING, this.text.substring(tag + 1, end), end + quote.length());
    }

    /** {@code :name} and {@code @name} stand for values, unless something before or behind makes them part of more. */
    private void parameter(char mark) {
        int from = this.at + 1;
        if (charAt(from) == ':' || mark == ':' && charAt(from) == '=') {
            add(Kind.SYMBOL, this.text.substring(this.at, from + 1), from + 1);
            return;
        }
        from += (mark == '@' && charAt(from) == '@') ? 1 : 0;
        if (mark == ':' && (charAt(from) == '\'' || charAt(from) == '"') && !followsName()) {
            // psql puts a variable here, in quotes
            add(Kind.PARAMETER, ":", from);
            return;
        }
        int end = from;
        while (isNamePart(charAt(end))) {
            end++;
        }
        boolean called = charAt(end) == '(' || charAt(end) == '.' || charAt(end) == ' ';
        if (end == from || followsName() || mark == '@' && called && isCalled(end)) {
            add(Kind.SYMBOL, String.valueOf(mark), this.at + 1);
        } else {
            add(Kind.PARAMETER, this.text.substring(this.at, end), end);
        }
    }

    private boolean isCalled(int end) {
        int i = end;
        while (charAt(i) == ' ') {
            i++;
        }
        return charAt(i) == '(' || charAt(i) == '.';
    }

    private void question() {
        boolean operator = charAt(this.at + 1) == '|' || charAt(this.at + 1) == '&';
        add(operator ? Kind.SYMBOL : Kind.PARAMETER, "?", this.at + 1);
    }

    private void clientCommand() {
        this.plain = false;
        int end = this.at + 1;
        while (end < this.text.length() && this.text.charAt(end) != '\n' && this.text.charAt(end) != '\\') {
            end++;
        }
        add(Kind.CLIENT, this.text.substring(this.at + 1, end).strip(), end);
    }

    private void add(Kind kind, String tokenText, int end) {
        if (kind != Kind.SYMBOL || end - this.at > 1) {
            spans(end);
        }
        this.tokens.add(new SqlToken(kind, tokenText, this.at, end));
        this.at = end;
    }

    /** What lies across the end of a bracket ends elsewhere where the bracket is a name. */
    private void spans(int end) {
        if (this.at < this.bracketEnd && end > this.bracketEnd) {
            this.problem = "holds brackets that databases read differently";
        }
    }

    /** Whether the token before may have an index. */
    private boolean followsValue() {
        if (this.tokens.isEmpty()) {
            return false;
        }
        SqlToken before = this.tokens.get(this.tokens.size() - 1);
        return switch (before.kind()) {
            case WORD -> !SqlWords.RESERVED.contains(before.text());
            case NAME, PARAMETER -> before.end() == this.at;
            case STRING, NUMBER, CLIENT -> false;
            case SYMBOL -> before.isSymbol(")") || before.isSymbol("]") || before.isSymbol("[");
        };
    }

    private boolean followsName() {
        return this.at > 0 && isNamePart(this.text.charAt(this.at - 1));
    }

    private char charAt(int index) {
        return (index < this.text.length()) ? this.text.charAt(index) : 0;
    }

    private boolean isDigit(int index) {
        char c = charAt(index);
        return c >= '0' && c <= '9';
    }

    private boolean isHex(int index) {
        char c = charAt(index);
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 128 && !isBlank(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9' || c == '$';
    }

    /** Some databases take these for blanks, others for letters. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0xFEFF;
    }
}
