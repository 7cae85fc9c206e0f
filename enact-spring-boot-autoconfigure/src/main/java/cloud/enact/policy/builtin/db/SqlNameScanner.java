package cloud.enact.policy.builtin.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the names in a text of SQL, character by character, once. Used for one text. */
final class SqlNameScanner {

    private static final int LONGEST = 256 * 1024;

    private static final String OPAQUE = "runs code that can't be seen in it";

    private static final String REACHES_MORE = "reaches tables that are not named in it";

    /** A string behind one of these is the name of a table for some databases. */
    private static final Set<String> BEFORE_TABLES =
            Set.of(("from into update join table truncate identifier copy merge using exists only references lock "
                            + "describe reindex analyze")
                    .split(" "));

    /** UPDATE OR IGNORE and its like, as SQLite has them. */
    private static final Set<String> CONFLICT_WORDS = Set.of("replace", "rollback", "abort", "fail", "ignore");

    /** Hold the definitions of all tables. */
    private static final Set<String> CATALOGUES =
            Set.of("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "writable_schema");

    private static final Set<String> READING_STATEMENTS = Set.of("select", "explain", "values");

    private static final Set<String> DROPPED_WHOLE = Set.of("schema", "database", "owned");

    private static final int LONGEST_BRACKET = 256;

    /** Each is looked at to its end, so there must not be many. */
    private static final int MOST_AMBIGUOUS_LINES = 64;

    /** Run at the start of a statement, these execute what nobody sees here. */
    private static final Set<String> OPAQUE_STATEMENTS = Set.of("do", "call", "prepare", "declare", "handler");

    private static final Set<String> OPAQUE_WORDS = Set.of("exec", "execute", "immediate");

    /** Run or read what stands in their arguments, in whatever schema and quotes they are called. */
    private static final Set<String> OPAQUE_FUNCTIONS =
            Set.of(("sp_executesql xp_cmdshell openquery openrowset opendatasource dblink dblink_exec dblink_open "
                            + "dblink_send_query query_to_xml query_to_xmlschema query_to_xml_and_xmlschema "
                            + "table_to_xml table_to_xmlschema table_to_xml_and_xmlschema schema_to_xml "
                            + "database_to_xml cursor_to_xml crosstab ts_stat pg_read_file pg_read_binary_file "
                            + "lo_import load_extension load_file execute_query xpath_table sp_rename "
                            + "sp_msforeachtable sp_msforeachdb")
                    .split(" "));

    private final String text;

    private final List<SqlNames.Name> names = new ArrayList<>();

    private int at;

    private int ambiguousLines;

    private boolean statementStarts = true;

    private String firstWord = "";

    private String wordBefore = "";

    private final List<String> firstWords = new ArrayList<>();

    /** Whether a string here would be the name of a table for some database. */
    private boolean tableExpected;

    /** Whether the next name belongs to the one before: a dot was seen. */
    private boolean afterDot;

    private @Nullable String problem;

    SqlNameScanner(String text) {
        this.text = text;
    }

    SqlNames scan() {
        if (this.text.length() > LONGEST) {
            this.problem = "is longer than " + LONGEST + " characters";
        }
        while (this.problem == null && this.at < this.text.length()) {
            char c = this.text.charAt(this.at);
            switch (c) {
                case '\'' -> string(this.at, false);
                case '"' -> quotedName('"');
                case '`' -> quotedName('`');
                case '[' -> bracket();
                case '-' -> dash();
                case '/' -> slash();
                case '#' -> hash();
                case '$' -> dollar();
                case '.' -> {
                    this.afterDot = !this.names.isEmpty();
                    this.at++;
                }
                case ';' -> {
                    this.statementStarts = true;
                    this.afterDot = false;
                    this.tableExpected = false;
                    this.wordBefore = "";
                    this.at++;
                }
                case '\0' -> this.problem = "holds a NUL character";
                default -> other(c);
            }
        }
        return new SqlNames(this.names, this.firstWords, this.problem);
    }

    private void other(char c) {
        if (isNameCharacter(c)) {
            word();
            return;
        }
        if (!Character.isWhitespace(c)) {
            this.afterDot = false;
            this.tableExpected &= c == '(';
        }
        this.at++;
    }

    private void word() {
        int start = this.at;
        while (this.at < this.text.length() && isInnerNameCharacter(this.text.charAt(this.at))) {
            this.at++;
        }
        String word = SqlNames.folded(this.text.substring(start, this.at));
        char next = (this.at < this.text.length()) ? this.text.charAt(this.at) : ' ';
        if (next == '\'' && isStringPrefix(word)) {
            string(this.at, word.equals("e"));
            return;
        }
        if (word.equals("u") && next == '&' || next == '\'' && (word.equals("q") || word.equals("nq"))) {
            this.problem = "holds a string or a name that databases read differently";
            return;
        }
        if (isVariable(start)) {
            return;
        }
        keyword(word);
        boolean beforeTable = !this.afterDot && standsBeforeTable(word);
        add(word);
        this.tableExpected = beforeTable;
        this.wordBefore = word;
    }

    private boolean standsBeforeTable(String word) {
        if (this.wordBefore.equals("distinct")) {
            // IS DISTINCT FROM compares
            return false;
        }
        return BEFORE_TABLES.contains(word) || this.wordBefore.equals("or") && CONFLICT_WORDS.contains(word);
    }

    private void keyword(String word) {
        if (this.afterDot) {
            return;
        }
        if (this.statementStarts) {
            this.firstWord = word;
            this.firstWords.add(word);
        }
        boolean routine = word.equals("function") || word.equals("procedure") || word.equals("trigger");
        boolean defines = this.firstWord.equals("create") || this.firstWord.equals("alter");
        if (this.statementStarts && OPAQUE_STATEMENTS.contains(word)
                || OPAQUE_WORDS.contains(word)
                || word.equals("program") && this.firstWord.equals("copy")
                || routine && defines) {
            this.problem = OPAQUE;
        }
        boolean drops = this.firstWord.equals("drop") && this.wordBefore.equals("drop");
        boolean grants = this.firstWord.equals("grant") || this.firstWord.equals("revoke");
        if (drops && DROPPED_WHOLE.contains(word) || grants && word.equals("tables") && this.wordBefore.equals("all")) {
            this.problem = REACHES_MORE;
        }
    }

    /** A named parameter ({@code :id}) or a variable ({@code @id}) is no table; a cast ({@code ::type}) may be one. */
    private boolean isVariable(int start) {
        char before = (start > 0) ? this.text.charAt(start - 1) : ' ';
        char beforeThat = (start > 1) ? this.text.charAt(start - 2) : ' ';
        // in app:users the name before is a schema
        return before == ':' && beforeThat != ':' && !isNameCharacter(beforeThat)
                || before == '@' && !isNameCharacter(beforeThat);
    }

    private static boolean isStringPrefix(String word) {
        return word.equals("e") || word.equals("n") || word.equals("b") || word.equals("x") || word.startsWith("_");
    }

    private void add(String name) {
        if (OPAQUE_FUNCTIONS.contains(name)) {
            this.problem = OPAQUE;
        }
        if (CATALOGUES.contains(name) && !READING_STATEMENTS.contains(this.firstWord)) {
            this.problem = REACHES_MORE;
        }
        this.names.add(new SqlNames.Name(name, this.afterDot));
        this.afterDot = false;
        this.statementStarts = false;
        this.tableExpected = false;
    }

    /** Some databases read dots inside quotes as separators. */
    private void addQuoted(String name) {
        if (name.indexOf('.') < 0) {
            add(name);
            return;
        }
        for (String part : name.split("\\.")) {
            add(part.strip());
            this.afterDot = true;
        }
        this.afterDot = false;
    }

    private void string(int quote, boolean escapes) {
        boolean name = this.tableExpected;
        this.tableExpected = false;
        this.afterDot = false;
        this.statementStarts = false;
        for (int i = quote + 1; i < this.text.length(); i++) {
            char c = this.text.charAt(i);
            if (c == '\\') {
                if (escapes) {
                    i++;
                } else if (i + 1 < this.text.length() && this.text.charAt(i + 1) == '\'') {
                    this.problem = "holds a string that databases read differently";
                    return;
                } else if (i + 1 < this.text.length() && this.text.charAt(i + 1) == '\\') {
                    i++;
                }
            } else if (c == '\'') {
                if (i + 1 < this.text.length() && this.text.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    this.at = i + 1;
                    if (name) {
                        addQuoted(SqlNames.folded(this.text.substring(quote + 1, i)));
                    }
                    return;
                }
            }
        }
        this.problem = "holds a string that does not end";
    }

    private void quotedName(char quote) {
        StringBuilder name = new StringBuilder();
        for (int i = this.at + 1; i < this.text.length(); i++) {
            char c = this.text.charAt(i);
            if (c == '\\') {
                this.problem = "holds a quoted name that databases read differently";
                return;
            }
            if (c != quote) {
                name.append(c);
            } else if (i + 1 < this.text.length() && this.text.charAt(i + 1) == quote) {
                name.append(quote);
                i++;
            } else {
                this.at = i + 1;
                addQuoted(SqlNames.folded(name.toString()));
                return;
            }
        }
        this.problem = "holds a quoted name that does not end";
    }

    /** A quoted name for one database, an index for the next: read as both. */
    private void bracket() {
        int from = this.at + 1;
        int end = from;
        int limit = Math.min(this.text.length(), from + LONGEST_BRACKET);
        while (end < limit && this.text.charAt(end) != ']') {
            end++;
        }
        this.at++;
        if (end == limit) {
            return;
        }
        String content = this.text.substring(from, end);
        if (content.indexOf('\'') >= 0 || content.indexOf('"') >= 0 || content.indexOf('`') >= 0) {
            this.problem = "holds brackets that databases read differently";
        } else if (!content.isBlank() && !content.chars().allMatch(SqlNameScanner::isNameCharacter)) {
            addQuoted(SqlNames.folded(content));
        }
    }

    private void dash() {
        if (!this.text.startsWith("--", this.at)) {
            this.afterDot = false;
            this.at++;
            return;
        }
        int end = lineEnd();
        char next = (this.at + 2 < this.text.length()) ? this.text.charAt(this.at + 2) : ' ';
        if (Character.isWhitespace(next)) {
            this.at = end;
        } else {
            // for some databases this is a comment, for others two minus signs
            ambiguousLine(this.at + 2, end);
        }
    }

    private void hash() {
        ambiguousLine(this.at + 1, lineEnd());
    }

    /** What may be a comment is read on as statement, unless its quotes would change what comes after the line. */
    private void ambiguousLine(int from, int end) {
        String line = this.text.substring(from, end);
        boolean shifts = line.contains("/*") || line.contains("*/");
        for (char quote : new char[] {'\'', '"', '`', '$'}) {
            shifts |= line.chars().filter(c -> c == quote).count() % 2 != 0;
        }
        if (shifts || ++this.ambiguousLines > MOST_AMBIGUOUS_LINES) {
            this.problem = "holds a comment that databases read differently";
        }
        this.at = from;
    }

    private int lineEnd() {
        int i = this.at;
        while (i < this.text.length() && this.text.charAt(i) != '\n' && this.text.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    private void slash() {
        if (!this.text.startsWith("/*", this.at)) {
            this.afterDot = false;
            this.at++;
            return;
        }
        if (this.text.startsWith("/*!", this.at) || this.text.startsWith("/*M!", this.at)) {
            this.problem = "holds a comment that some databases execute";
            return;
        }
        int end = this.text.indexOf("*/", this.at + 2);
        int nested = this.text.indexOf("/*", this.at + 2);
        if (end < 0) {
            this.problem = "holds a comment that does not end";
        } else if (nested >= 0 && nested < end) {
            this.problem = "holds a comment in a comment";
        } else {
            this.at = end + 2;
        }
    }

    /** A dollar-quoted string for PostgreSQL, names for others: its words count as names. */
    private void dollar() {
        int tagEnd = this.at + 1;
        while (tagEnd < this.text.length()
                && isNameCharacter(this.text.charAt(tagEnd))
                && this.text.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        boolean opens = tagEnd < this.text.length() && this.text.charAt(tagEnd) == '$';
        if (!opens) {
            this.at++;
            return;
        }
        String tag = this.text.substring(this.at, tagEnd + 1);
        int end = this.text.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            this.problem = "holds a string that does not end";
            return;
        }
        String content = this.text.substring(tagEnd + 1, end);
        for (String mark : List.of("'", "\"", "`", "--", "/*", "#")) {
            if (content.contains(mark)) {
                this.problem = "holds a string that databases read differently";
                return;
            }
        }
        words(tagEnd + 1, end);
        this.at = end + tag.length();
    }

    private void words(int from, int to) {
        int start = -1;
        for (int i = from; i <= to; i++) {
            boolean inName = i < to && isNameCharacter(this.text.charAt(i));
            if (inName && start < 0) {
                start = i;
            } else if (!inName && start >= 0) {
                add(SqlNames.folded(this.text.substring(start, i)));
                start = -1;
            }
        }
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c >= 128 && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    private static boolean isInnerNameCharacter(int c) {
        return c == '$' || isNameCharacter(c);
    }
}
