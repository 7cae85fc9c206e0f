package cloud.enact.analysis.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The list of columns of a query. */
final class SelectList {

    private static final Set<String> NO_COLUMNS =
            SqlWords.words("as and or not null true false is in like ilike between "
                    + "case when then else end distinct all from at zone time interval over partition order by filter where "
                    + "within group rows range current_date current_timestamp current_user asc desc select limit");

    private final List<SqlToken> tokens;

    private final Set<String> names = new LinkedHashSet<>();

    private boolean aggregate;

    private boolean collecting;

    SelectList(List<SqlToken> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            read(i);
        }
    }

    /** Names of the columns in it, {@code *} for all. */
    List<String> names() {
        return List.copyOf(this.names);
    }

    /** Whether it gives one row for all, with no list of values in it. */
    boolean isOneRow() {
        return this.aggregate && !this.collecting;
    }

    private void read(int i) {
        SqlToken token = this.tokens.get(i);
        SqlToken before = token(i - 1);
        SqlToken next = token(i + 1);
        if (token.isSymbol("*")) {
            if (before == SqlToken.NONE || before.isSymbol(",") || before.isSymbol(".")) {
                this.names.add("*");
            }
        } else if (!token.isName() || before.isWord("as") || before.isSymbol(":")) {
            return;
        } else if (next.isSymbol("(")) {
            this.aggregate |= SqlFunctions.isAggregate(token.text()) && !isWindow(i + 1);
            this.collecting |= SqlFunctions.isCollecting(token.text());
        } else if (!next.isSymbol(".")
                && !token.isWordOf(NO_COLUMNS)
                && !isAlias(before)
                && !before.isSymbol("::")
                && !isCounted(i)) {
            this.names.add(token.text());
        }
    }

    private static boolean isAlias(SqlToken before) {
        return before.isName() && !before.isWordOf(NO_COLUMNS)
                || before.isSymbol(")")
                || before.isString()
                || before.kind() == SqlToken.Kind.NUMBER;
    }

    /** Inside of {@code count(…)}. */
    private boolean isCounted(int i) {
        int open = i - 1;
        while (token(open).isSymbol(".")) {
            open -= 2;
        }
        return token(open).isSymbol("(") && token(open - 1).isWord("count");
    }

    private boolean isWindow(int open) {
        int depth = 0;
        for (int i = open; i < this.tokens.size(); i++) {
            depth += this.tokens.get(i).isSymbol("(") ? 1 : this.tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return token(i + 1).isWord("over");
            }
        }
        return false;
    }

    private SqlToken token(int index) {
        return (index >= 0 && index < this.tokens.size()) ? this.tokens.get(index) : SqlToken.NONE;
    }
}
