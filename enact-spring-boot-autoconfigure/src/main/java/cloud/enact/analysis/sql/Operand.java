package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One side of a comparison, or a condition that is no comparison. */
final class Operand {

    private static final Set<String> NO_COLUMNS =
            SqlWords.words("true false null unknown default and or not is in like "
                    + "ilike between case when then else end all any some array row distinct at time zone from for interval "
                    + "current_date current_timestamp current_time localtime localtimestamp current_user session_user user "
                    + "escape similar to exists select values symmetric both leading trailing year month day hour minute "
                    + "second collate binary as");

    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private static final Set<String> QUERIES = Set.of("select", "with", "values");

    private static final Set<String> LIMITS = Set.of("where", "on", "having");

    private final TokenCursor cursor;

    private final int from;

    private final int to;

    private @Nullable String key;

    Operand(TokenCursor cursor, int from, int to) {
        int start = from;
        int end = to;
        while (end - start > 2 && cursor.tokenAt(start).isSymbol("(") && cursor.closing(start) == end - 1) {
            start++;
            end--;
        }
        this.cursor = cursor;
        this.from = start;
        this.to = end;
    }

    int from() {
        return this.from;
    }

    int to() {
        return this.to;
    }

    /** What it says as a condition. */
    Truth truth() {
        String value = literal();
        if (value != null) {
            return isFalse(value) ? Truth.FALSE : Truth.TRUE;
        }
        return hasColumn() ? Truth.ROW : hasParameter() ? Truth.OPEN : Truth.TRUE;
    }

    private boolean isFalse(String value) {
        if (this.cursor.tokenAt(this.from).isString()) {
            return value.equals("'f") || value.equals("'false") || value.equals("'") || value.equals("'0");
        }
        Double number = number();
        return value.equals("false") || value.equals("null") || number != null && number == 0;
    }

    /** A value that stands there as it is: strings begin with a quote. */
    @Nullable
    String literal() {
        int start = this.from;
        int end = withoutCast();
        String sign = "";
        while (start < end
                && (this.cursor.tokenAt(start).isSymbol("+")
                        || this.cursor.tokenAt(start).isSymbol("-"))) {
            sign = this.cursor.tokenAt(start).isSymbol("-") ? (sign.isEmpty() ? "-" : "") : sign;
            start++;
        }
        if (end - start != 1) {
            return null;
        }
        SqlToken token = this.cursor.tokenAt(start);
        if (token.isString()) {
            return "'" + token.text();
        }
        if (token.kind() == Kind.NUMBER) {
            return sign + token.text();
        }
        return token.isWordOf(LITERALS) ? token.text() : null;
    }

    @Nullable
    Double number() {
        String value = literal();
        if (value == null || value.length() > 30 || !isNumeric(value)) {
            return null;
        }
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException ex) {
            return null;
        }
    }

    private static boolean isNumeric(String value) {
        return value.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-');
    }

    /** Its words, so that the same expression gives the same text. */
    String key() {
        if (this.key == null) {
            this.key = readKey();
        }
        return this.key;
    }

    private String readKey() {
        StringBuilder key = new StringBuilder();
        int end = withoutCast();
        for (int i = this.from; i < end; i++) {
            SqlToken token = this.cursor.tokenAt(i);
            SqlToken next = (i + 1 < end) ? this.cursor.tokenAt(i + 1) : SqlToken.NONE;
            if (changesNothing(token, next)) {
                i++;
                continue;
            }
            key.append(token.isString() ? "'" : "")
                    .append(token.isName() ? token.text().toLowerCase(Locale.ROOT) : token.text())
                    .append(' ');
        }
        return key.toString();
    }

    private static boolean changesNothing(SqlToken token, SqlToken next) {
        boolean sum = token.isSymbol("+") || token.isSymbol("-");
        boolean product = token.isSymbol("*") || token.isSymbol("/");
        return sum && next.text().equals("0") && next.kind() == Kind.NUMBER
                || product && next.text().equals("1") && next.kind() == Kind.NUMBER
                || token.isSymbol("||") && next.isString() && next.text().isEmpty();
    }

    private int withoutCast() {
        for (int i = this.from + 1; i < this.to; i++) {
            SqlToken token = this.cursor.tokenAt(i);
            if (token.isSymbol("(")) {
                i = this.cursor.closing(i);
            } else if (token.isSymbol("::")) {
                return i;
            }
        }
        return this.to;
    }

    /** The name of the column that it is, or {@code null}. */
    @Nullable
    String column() {
        int end = withoutCast();
        for (int i = this.from; i < end; i++) {
            SqlToken token = this.cursor.tokenAt(i);
            if ((i - this.from) % 2 == 0 ? !token.isName() || token.isWordOf(NO_COLUMNS) : !token.isSymbol(".")) {
                return null;
            }
        }
        return ((end - this.from) % 2 == 1)
                ? this.cursor.tokenAt(end - 1).text().toLowerCase(Locale.ROOT)
                : null;
    }

    /** The name of the function whose result it is, or {@code null}. */
    @Nullable
    String function() {
        boolean call = this.to - this.from > 2
                && this.cursor.tokenAt(this.from).isName()
                && this.cursor.tokenAt(this.from + 1).isSymbol("(")
                && this.cursor.closing(this.from + 1) == this.to - 1;
        return call ? this.cursor.tokenAt(this.from).text() : null;
    }

    /** {@code id * 0}, {@code id - id}: the same for every row. */
    private boolean isSameAnyway() {
        if (this.to - this.from != 3) {
            return false;
        }
        SqlToken first = this.cursor.tokenAt(this.from);
        SqlToken operator = this.cursor.tokenAt(this.from + 1);
        SqlToken second = this.cursor.tokenAt(this.from + 2);
        return operator.isSymbol("*") && second.text().equals("0")
                || operator.isSymbol("%") && second.text().equals("1")
                || operator.isSymbol("-") && first.isName() && first.text().equals(second.text());
    }

    boolean hasColumn() {
        if (isSameAnyway()) {
            return false;
        }
        for (int i = this.from; i < this.to; i++) {
            SqlToken token = this.cursor.tokenAt(i);
            if (token.isSymbol("(") && this.cursor.tokenAt(i + 1).isWordOf(QUERIES)) {
                if (limits(i, this.cursor.closing(i))) {
                    return true;
                }
                i = this.cursor.closing(i);
            } else if (token.kind() == Kind.NAME || token.isWord() && isColumn(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean limits(int start, int end) {
        for (int i = start; i < end; i++) {
            if (this.cursor.tokenAt(i).isWordOf(LIMITS)) {
                return true;
            }
        }
        return false;
    }

    private boolean isColumn(int i) {
        SqlToken token = this.cursor.tokenAt(i);
        SqlToken before = (i > this.from) ? this.cursor.tokenAt(i - 1) : SqlToken.NONE;
        SqlToken next = this.cursor.tokenAt(i + 1);
        return !NO_COLUMNS.contains(token.text())
                && !next.isSymbol("(")
                && !next.isString()
                && !before.isSymbol("::")
                && !before.isWord("as")
                && !(next.isSymbol(".") && this.cursor.tokenAt(i + 3).isSymbol("("));
    }

    boolean hasParameter() {
        for (int i = this.from; i < this.to; i++) {
            if (this.cursor.tokenAt(i).kind() == Kind.PARAMETER) {
                return true;
            }
        }
        return false;
    }
}
