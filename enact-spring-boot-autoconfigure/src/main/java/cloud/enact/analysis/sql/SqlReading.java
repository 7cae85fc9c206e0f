package cloud.enact.analysis.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text as the databases of one dialect read it. */
final class SqlReading {

    private static final int DEEPEST = 200;

    private final SqlLexer lexer;

    private final List<SqlStatement> statements = new ArrayList<>();

    private final List<String> firstWords = new ArrayList<>();

    private int depth;

    private final List<String> problems = new ArrayList<>();

    /** Whether the first statement already fails, so that nothing of the text is run. */
    private boolean neverRuns;

    SqlReading(String text, SqlDialect dialect) {
        this.lexer = new SqlLexer(text, dialect);
        this.lexer.readAll();
        read();
    }

    boolean isAmbiguous() {
        return this.lexer.isAmbiguous();
    }

    boolean neverRuns() {
        return this.neverRuns;
    }

    List<SqlStatement> statements() {
        return this.statements;
    }

    List<String> problems() {
        return this.problems;
    }

    /** Why it ends before its end. */
    @Nullable
    String unreadable() {
        return this.lexer.problem();
    }

    /** The first word of a statement. */
    String firstWord(int index) {
        return this.firstWords.get(index);
    }

    /** How deep its parentheses are nested. */
    int depth() {
        return this.depth;
    }

    /** Whether it holds nothing but words, numbers, plain strings and names. */
    boolean isPlain() {
        return this.lexer.isPlain() && !this.lexer.isAmbiguous();
    }

    List<SqlToken> tokens() {
        return this.lexer.tokens();
    }

    private void read() {
        List<SqlToken> tokens = this.lexer.tokens();
        String unreadable = this.lexer.problem();
        int[] closing = new int[tokens.size()];
        String nesting = match(tokens, closing);
        int from = 0;
        boolean first = true;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean ends = i == tokens.size() || tokens.get(i).isSymbol(";");
            // what psql runs itself stands between statements
            boolean client = i > 0 && isClient(tokens, i - 1) || i < tokens.size() && isClient(tokens, i);
            if (!ends && !client) {
                continue;
            }
            boolean last = i == tokens.size();
            if (i > from) {
                if (unreadable != null && last) {
                    this.neverRuns = first;
                    break;
                }
                if (nesting == null) {
                    read(new TokenCursor(tokens, closing, from, i), first);
                } else {
                    this.neverRuns |= first && !isBalanced(tokens, from, i);
                }
                first = false;
            }
            from = ends ? i + 1 : i;
        }
        if (unreadable != null) {
            this.neverRuns |= first;
            this.problems.add(unreadable);
        }
        if (nesting != null) {
            this.problems.add(nesting);
        }
        String notice = this.lexer.notice();
        if (notice != null) {
            this.problems.add(notice);
        }
    }

    private static boolean isClient(List<SqlToken> tokens, int index) {
        return tokens.get(index).kind() == SqlToken.Kind.CLIENT;
    }

    private void read(TokenCursor cursor, boolean first) {
        boolean known = StatementReader.isVerb(cursor.token());
        StatementReader reader = new StatementReader(cursor);
        this.firstWords.add(cursor.token().text());
        this.statements.add(reader.read());
        this.neverRuns |= first && !known;
        for (String problem : reader.problems()) {
            if (!this.problems.contains(problem)) {
                this.problems.add(problem);
            }
        }
    }

    /** Notes where each parenthesis is closed; one is closed in the statement it is opened in. */
    private @Nullable String match(List<SqlToken> tokens, int[] closing) {
        int[] open = new int[DEEPEST];
        int nested = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol("(")) {
                if (nested == DEEPEST) {
                    return "is nested too deeply";
                }
                open[nested++] = i;
                this.depth = Math.max(this.depth, nested);
            } else if (token.isSymbol(")")) {
                if (nested == 0) {
                    return "holds parentheses that do not match";
                }
                closing[open[--nested]] = i;
            } else if (token.isSymbol(";") && nested > 0) {
                return "holds parentheses that do not match";
            }
        }
        return (nested == 0) ? null : "holds parentheses that do not match";
    }

    private static boolean isBalanced(List<SqlToken> tokens, int from, int to) {
        int depth = 0;
        for (int i = from; i < to && depth >= 0; i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
        }
        return depth == 0;
    }
}
