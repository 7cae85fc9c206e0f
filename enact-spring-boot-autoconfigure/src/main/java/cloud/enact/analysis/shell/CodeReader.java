package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads code of other languages just far enough to tell calls from strings and comments. */
final class CodeReader {

    private static final Set<String> HASH_COMMENTS = Set.of("python", "perl", "ruby", "awk", "r", "php");

    private static final Set<String> SLASH_COMMENTS = Set.of("javascript", "php");

    private final String code;

    private final String language;

    private final Runner runner;

    private int at;

    CodeReader(String code, String language, Runner runner) {
        this.code = code;
        this.language = language;
        this.runner = runner;
    }

    boolean atEnd() {
        skipComments();
        return this.at >= this.code.length();
    }

    char peek() {
        return (this.at < this.code.length()) ? this.code.charAt(this.at) : Source.END;
    }

    void skip() {
        this.at++;
    }

    private void skipComments() {
        while (this.at < this.code.length()) {
            boolean hash = peek() == '#'
                    && HASH_COMMENTS.contains(this.language)
                    && (this.at == 0 || this.code.charAt(this.at - 1) <= ' ' || this.code.charAt(this.at - 1) == ';');
            boolean slashes = SLASH_COMMENTS.contains(this.language)
                    && this.code.startsWith("//", this.at)
                    && (this.at == 0 || this.code.charAt(this.at - 1) != ':');
            if (!hash && !slashes) {
                return;
            }
            int end = this.code.indexOf('\n', this.at);
            this.at = (end < 0) ? this.code.length() : end;
        }
    }

    boolean atString() {
        char c = peek();
        return c == '"' || c == '\'' || c == '`' && this.language.equals("javascript");
    }

    /** A string without its quotes; what it computes is unknown. */
    String string() {
        char quote = peek();
        String quotes = String.valueOf(quote);
        if (this.language.equals("python") && this.code.startsWith(quotes.repeat(3), this.at)) {
            quotes = quotes.repeat(3);
        }
        boolean formatted =
                this.language.equals("python") && this.at > 0 && "fF".indexOf(this.code.charAt(this.at - 1)) >= 0;
        this.at += quotes.length();
        StringBuilder text = new StringBuilder();
        while (this.at < this.code.length() && !this.code.startsWith(quotes, this.at)) {
            char c = this.code.charAt(this.at);
            if (c == '\\' && this.at + 1 < this.code.length()) {
                escape(this.code.charAt(this.at + 1), quote, text);
                this.at += 2;
            } else if (computes(quote, formatted)) {
                int start = this.at;
                skipComputed();
                text.append(this.runner.unknown(this.code.substring(start, Math.min(this.at, start + 100))));
            } else {
                text.append(c);
                this.at++;
            }
        }
        this.at = Math.min(this.code.length(), this.at + quotes.length());
        return text.toString();
    }

    private static void escape(char c, char quote, StringBuilder text) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case '\n' -> {
                // a continued line
            }
            default -> {
                if (c != quote && c != '\\' && c != '"' && c != '\'') {
                    text.append('\\');
                }
                text.append(c);
            }
        }
    }

    private boolean computes(char quote, boolean formatted) {
        if (formatted) {
            return peek() == '{' && !this.code.startsWith("{{", this.at);
        }
        boolean interpolates = quote != '\'';
        return switch (this.language) {
            case "javascript" -> quote == '`' && this.code.startsWith("${", this.at);
            case "ruby" -> interpolates && this.code.startsWith("#{", this.at);
            case "perl", "php" ->
                interpolates
                        && (peek() == '$' || peek() == '@' && this.language.equals("perl"))
                        && this.at + 1 < this.code.length()
                        && (Source.isNameStart(this.code.charAt(this.at + 1)) || this.code.charAt(this.at + 1) == '{');
            default -> false;
        };
    }

    private void skipComputed() {
        int brace = this.code.indexOf('{', this.at);
        if (brace >= 0 && brace <= this.at + 1) {
            int end = this.code.indexOf('}', brace);
            this.at = (end < 0) ? this.code.length() : end + 1;
            return;
        }
        this.at++;
        while (Source.isName(peek())) {
            this.at++;
        }
    }

    /** Whether {@code qx} or {@code %x} with its delimiter stands here. */
    boolean atQuotedCommand() {
        boolean marked = this.language.equals("perl") && this.code.startsWith("qx", this.at)
                || this.language.equals("ruby") && this.code.startsWith("%x", this.at);
        return marked
                && this.at + 2 < this.code.length()
                && "({[</!|~'".indexOf(this.code.charAt(this.at + 2)) >= 0
                && (this.at == 0 || !Source.isName(this.code.charAt(this.at - 1)));
    }

    String delimited() {
        char open = this.code.charAt(this.at + 2);
        int pair = "({[<".indexOf(open);
        char close = (pair < 0) ? open : ")}]>".charAt(pair);
        int start = this.at + 3;
        int end = this.code.indexOf(close, start);
        end = (end < 0) ? this.code.length() : end;
        this.at = Math.min(this.code.length(), end + 1);
        return this.code.substring(start, end);
    }

    /** A name with the objects before it. */
    String name() {
        int start = this.at;
        while (Source.isName(peek()) || peek() == '.' || peek() == ':' && this.language.equals("ruby")) {
            this.at++;
        }
        return this.code.substring(start, this.at);
    }

    boolean followedByPipe() {
        int ahead = this.at;
        while (ahead < this.code.length() && this.code.charAt(ahead) == ' ') {
            ahead++;
        }
        return ahead < this.code.length() && this.code.charAt(ahead) == '|';
    }

    /** Whether arguments follow: in parentheses or, where the language allows it, without. */
    boolean atArguments() {
        int ahead = this.at;
        while (ahead < this.code.length() && this.code.charAt(ahead) == ' ') {
            ahead++;
        }
        char c = (ahead < this.code.length()) ? this.code.charAt(ahead) : Source.END;
        boolean bare = Set.of("perl", "ruby", "applescript").contains(this.language) && (c == '"' || c == '\'');
        if (c == '(' || bare) {
            this.at = ahead;
            return true;
        }
        return false;
    }

    /** Whether an argument in parentheses follows that is more than a string. */
    boolean atComputedArgument() {
        int ahead = this.at;
        while (ahead < this.code.length() && this.code.charAt(ahead) == ' ') {
            ahead++;
        }
        return ahead + 1 < this.code.length()
                && this.code.charAt(ahead) == '('
                && "'\")".indexOf(this.code.charAt(ahead + 1)) < 0;
    }

    /** The strings among the arguments, those of a first list included. */
    Arguments arguments() {
        List<String> words = new ArrayList<>();
        boolean parentheses = peek() == '(';
        boolean listed = false;
        boolean ended = false;
        int depth = 0;
        int lists = 0;
        if (parentheses) {
            this.at++;
        }
        StringBuilder current = new StringBuilder();
        while (!atEnd() && !ended) {
            char c = peek();
            if (atString()) {
                String text = string();
                current.append((depth == 0) ? text : "");
                continue;
            }
            if (c == '(' || c == '{') {
                depth++;
            } else if (c == '[') {
                listed |= lists == 0 && words.isEmpty() && current.isEmpty();
                lists++;
            } else if (c == ']') {
                lists--;
                finish(current, words);
            } else if (c == ',' && depth == 0) {
                finish(current, words);
            } else if (c == ')' && depth == 0 || !parentheses && (c == '\n' || c == ';')) {
                ended = true;
            } else if (c == ')' || c == '}') {
                depth--;
            } else if (Source.isNameStart(c) && depth == 0) {
                computed(current);
                continue;
            } else if (c == '=' && depth == 0 && !current.isEmpty()) {
                skipValue();
                current.setLength(0);
                continue;
            }
            this.at++;
        }
        finish(current, words);
        return new Arguments(words, listed);
    }

    private void computed(StringBuilder current) {
        int start = this.at;
        String name = name();
        if (atString() && name.length() <= 2) {
            // the prefix of a string
            return;
        }
        current.append(this.runner.unknown(this.code.substring(start, this.at)));
    }

    /** The value of a named argument says how to run a command, not which. */
    private void skipValue() {
        int depth = 0;
        while (!atEnd()) {
            char c = peek();
            if (atString()) {
                string();
                continue;
            }
            if (depth == 0 && (c == ',' || c == ')')) {
                return;
            }
            depth += (c == '(' || c == '[' || c == '{') ? 1 : (c == ')' || c == ']' || c == '}') ? -1 : 0;
            this.at++;
        }
    }

    private static void finish(StringBuilder current, List<String> words) {
        if (!current.isEmpty()) {
            words.add(current.toString());
            current.setLength(0);
        }
    }

    /**
     * What a call is given.
     *
     * @param listed whether it is a list of words rather than one text
     */
    record Arguments(List<String> words, boolean listed) {}
}
