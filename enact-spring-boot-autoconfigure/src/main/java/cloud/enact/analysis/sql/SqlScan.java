package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that is split into tokens: the place in it, what was found so far, and what is odd about it. */
final class SqlScan {

    /** As many as an ordinary statement has at least, so that its list is of the right size from the start. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final int MOST_AT_FIRST = 256;

    private final String text;

    private final SqlDialect dialect;

    private final List<SqlToken> tokens;

    private int at;

    /** Where a name in brackets would end, or -1. */
    private int bracketEnd = -1;

    private boolean ambiguous;

    private boolean plain = true;

    private @Nullable String problem;

    private @Nullable String notice;

    SqlScan(String text, SqlDialect dialect) {
        this.text = text;
        this.dialect = dialect;
        this.tokens = new ArrayList<>(Math.min(text.length() / CHARACTERS_PER_TOKEN, MOST_AT_FIRST) + 1);
    }

    boolean isMySql() {
        return this.dialect == SqlDialect.MYSQL;
    }

    List<SqlToken> tokens() {
        return this.tokens;
    }

    int at() {
        return this.at;
    }

    void goTo(int index) {
        this.at = index;
    }

    boolean isAmbiguous() {
        return this.ambiguous;
    }

    /** Another dialect may find other tokens. */
    void doubt() {
        this.ambiguous = true;
    }

    boolean isPlain() {
        return this.plain;
    }

    /** There is more than words, numbers, plain strings and names, and symbols. */
    void unusual() {
        this.plain = false;
    }

    @Nullable
    String problem() {
        return this.problem;
    }

    /** Nothing can be read from here on. */
    void fail(String reason) {
        this.problem = reason;
    }

    @Nullable
    String notice() {
        return this.notice;
    }

    /** The text can be read, but nobody should trust it. */
    void warn(String reason) {
        this.notice = reason;
    }

    int length() {
        return this.text.length();
    }

    String substring(int from, int to) {
        return this.text.substring(from, to);
    }

    boolean startsWith(String part, int from) {
        return this.text.startsWith(part, from);
    }

    int indexOf(String part, int from) {
        return this.text.indexOf(part, from);
    }

    /** The text opens a bracket here that may be a name up to there. */
    void opensBracket(int closing) {
        this.bracketEnd = Math.max(this.bracketEnd, closing);
    }

    void add(Kind kind, String tokenText, int end) {
        if (kind != Kind.SYMBOL || end - this.at > 1) {
            spans(end);
        }
        this.tokens.add(new SqlToken(kind, tokenText, this.at, end));
        this.at = end;
    }

    /** What lies across the end of a bracket ends elsewhere where the bracket is a name. */
    void spans(int end) {
        if (this.at < this.bracketEnd && end > this.bracketEnd) {
            fail("holds brackets that databases read differently");
        }
    }

    int lineEnd() {
        int i = this.at;
        while (i < this.text.length() && this.text.charAt(i) != '\n') {
            if (this.text.charAt(i) == '\r' && charAt(i + 1) != '\n') {
                doubt();
                if (!isMySql()) {
                    return i;
                }
            }
            i++;
        }
        return i;
    }

    /** Whether the token before may have an index. */
    boolean followsValue() {
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

    boolean followsName() {
        return this.at > 0 && isNamePart(this.text.charAt(this.at - 1));
    }

    char charAt(int index) {
        return (index < this.text.length()) ? this.text.charAt(index) : 0;
    }

    boolean isDigit(int index) {
        char c = charAt(index);
        return c >= '0' && c <= '9';
    }

    boolean isHex(int index) {
        char c = charAt(index);
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    static boolean changesWhatFollows(String inside) {
        return inside.indexOf('\'') >= 0
                || inside.indexOf('"') >= 0
                || inside.indexOf(';') >= 0
                || inside.indexOf('$') >= 0
                || inside.contains("--")
                || inside.contains("/*");
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 128 && !isBlank(c);
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9' || c == '$';
    }

    /** Some databases take these for blanks, others for letters. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0xFEFF;
    }
}
