package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.List;

/** A place in the tokens of one statement. Not thread-safe. */
final class TokenCursor {

    private final List<SqlToken> tokens;

    /** For each opening parenthesis, where the closing one stands. */
    private final int[] closing;

    private int at;

    private int end;

    TokenCursor(List<SqlToken> tokens, int[] closing, int from, int end) {
        this.tokens = tokens;
        this.closing = closing;
        this.at = from;
        this.end = end;
    }

    int at() {
        return this.at;
    }

    int end() {
        return this.end;
    }

    boolean atEnd() {
        return this.at >= this.end;
    }

    SqlToken token() {
        return token(0);
    }

    SqlToken token(int ahead) {
        int index = this.at + ahead;
        return (index >= 0 && index < this.end) ? this.tokens.get(index) : SqlToken.NONE;
    }

    SqlToken tokenAt(int index) {
        return (index >= 0 && index < this.tokens.size()) ? this.tokens.get(index) : SqlToken.NONE;
    }

    List<SqlToken> range(int from, int to) {
        return this.tokens.subList(from, to);
    }

    void next() {
        this.at++;
    }

    void skipTo(int index) {
        this.at = index;
    }

    /** Goes on behind the word, if it stands here. */
    boolean skip(String word) {
        if (token().isWord(word)) {
            this.at++;
            return true;
        }
        return false;
    }

    boolean skipSymbol(String symbol) {
        if (token().isSymbol(symbol)) {
            this.at++;
            return true;
        }
        return false;
    }

    /** Where the parenthesis that opens here is closed. */
    int closing() {
        return this.closing[this.at];
    }

    /** Where the parenthesis that opens there is closed. */
    int closing(int index) {
        return this.closing[index];
    }

    /** Does something with what stands between the parentheses that open here, and goes on behind them. */
    void inParentheses(Runnable reading) {
        int close = this.closing[this.at];
        within(this.at + 1, close, reading);
        this.at = close + 1;
    }

    /** Does something with a part alone, and comes back to here. */
    void within(int from, int to, Runnable reading) {
        int atBefore = this.at;
        int endBefore = this.end;
        this.at = from;
        this.end = to;
        reading.run();
        this.at = atBefore;
        this.end = endBefore;
    }

    /** Whether a name of one or more parts begins here. */
    boolean isName() {
        return token().isName();
    }

    /** Reads a name with its dots; keywords are names behind a dot. */
    SqlName name() {
        List<String> parts = new ArrayList<>(3);
        parts.add(token().text());
        this.at++;
        while (token().isSymbol(".")) {
            int ahead = token(1).isSymbol(".") ? 2 : 1;
            if (!token(ahead).isName()) {
                break;
            }
            parts.add(token(ahead).text());
            this.at += ahead + 1;
        }
        return new SqlName(parts);
    }
}
