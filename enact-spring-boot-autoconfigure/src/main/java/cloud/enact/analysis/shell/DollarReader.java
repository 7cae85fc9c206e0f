package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Arithmetic;
import cloud.enact.analysis.shell.Part.Script;
import cloud.enact.analysis.shell.Part.Substitution;
import cloud.enact.analysis.shell.Part.Variable;
import cloud.enact.analysis.shell.WordReader.Pieces;
import org.jspecify.annotations.Nullable;

/** Reads what starts with a dollar sign or a backquote. */
final class DollarReader {

    private final Source source;

    private final Parser parser;

    private final WordReader words;

    DollarReader(Source source, Parser parser, WordReader words) {
        this.source = source;
        this.parser = parser;
        this.words = words;
    }

    void read(Pieces pieces, boolean quoted) {
        int start = this.source.at();
        this.source.skip(1);
        this.source.skipContinuations();
        char c = this.source.peek();
        switch (c) {
            case '(' -> parentheses(start, pieces, quoted);
            case '{' -> {
                this.source.skip(1);
                this.source.effort().enter();
                pieces.add(braces(start, quoted));
                this.source.effort().leave();
            }
            case '[' -> {
                this.source.skip(1);
                Word expression = expression(']');
                if (expression == null) {
                    throw this.source.unexpected();
                }
                this.source.skip(1);
                pieces.add(new Arithmetic(this.source.raw(start), expression, quoted));
            }
            case '\'' -> {
                if (quoted) {
                    pieces.plain('$', true);
                } else {
                    ansi(pieces);
                }
            }
            case '"' -> {
                if (quoted) {
                    pieces.plain('$', true);
                } else {
                    this.source.skip(1);
                    this.words.doubleQuoted(pieces);
                }
            }
            default -> {
                String name = name();
                if (name.isEmpty()) {
                    pieces.plain('$', true);
                } else {
                    pieces.add(new Variable(this.source.raw(start), name, Word.EMPTY, "", Word.EMPTY, quoted));
                }
            }
        }
    }

    /** The name of a variable, a digit or one of the special ones; empty when there is none. */
    private String name() {
        int start = this.source.at();
        char c = this.source.peek();
        if (Source.isNameStart(c)) {
            while (Source.isName(this.source.peek())) {
                this.source.skip(1);
            }
        } else if (Source.isDigit(c) || "@*#?-$!".indexOf(c) >= 0) {
            this.source.skip(1);
        }
        return this.source.substring(start);
    }

    private void parentheses(int start, Pieces pieces, boolean quoted) {
        if (this.source.peek(1) == '(' && !this.source.hasFailed(this.source.at())) {
            Word expression = this.source.attempt(this::arithmetic);
            if (expression != null) {
                pieces.add(new Arithmetic(this.source.raw(start), expression, quoted));
                return;
            }
        }
        this.source.skip(1);
        Script script = this.parser.substitution();
        pieces.add(new Substitution(this.source.raw(start), script, quoted));
    }

    /** The expression between double parentheses, or {@code null} where they mean something else. */
    @Nullable
    Word arithmetic() {
        this.source.skip(2);
        Word expression = expression(')');
        if (expression == null || this.source.peek(1) != ')') {
            return null;
        }
        this.source.skip(2);
        return expression;
    }

    /** Everything up to the bracket that closes the one before, or {@code null}. */
    @Nullable
    Word expression(char close) {
        char open = (close == ')') ? '(' : '[';
        Pieces pieces = new Pieces();
        int depth = 0;
        this.source.effort().enter();
        while (true) {
            if (this.source.atEnd()) {
                this.source.effort().leave();
                return null;
            }
            char c = this.source.peek();
            if (c == close && depth == 0) {
                this.source.effort().leave();
                return pieces.word();
            }
            if (c == close) {
                depth--;
            } else if (c == open) {
                depth++;
            }
            this.words.readAnywhere(c, pieces, false);
        }
    }

    private Variable braces(int start, boolean quoted) {
        char first = this.source.peek();
        String operator = "";
        if (first == '#' && isNameOf(this.source.peek(1)) && this.source.peek(1) != '#') {
            operator = lengthOrNumber();
        } else if (first == '!' && (Source.isName(this.source.peek(1)) || "@*#?".indexOf(this.source.peek(1)) >= 0)) {
            this.source.skip(1);
            operator = "indirect";
        }
        String name = name();
        if (Source.isDigit(name.isEmpty() ? ' ' : name.charAt(0))) {
            int more = this.source.at();
            while (Source.isDigit(this.source.peek())) {
                this.source.skip(1);
            }
            name += this.source.substring(more);
        }
        if (name.isEmpty()) {
            throw new NotUnderstoodException("has a bad substitution at character " + (start + 1));
        }
        Word subscript = (this.source.peek() == '[') ? subscript() : Word.EMPTY;
        String written = operator();
        Word argument = argument(quoted, isDefault(written));
        if (operator.isEmpty()) {
            operator = written;
        } else if (!written.isEmpty()) {
            operator += " " + written;
        }
        return new Variable(this.source.raw(start), name, subscript, operator, argument, quoted);
    }

    /** {@code #} is a length before a name, the number of arguments itself before an operator. */
    private String lengthOrNumber() {
        char second = this.source.peek(1);
        boolean special = "?-".indexOf(second) >= 0 && this.source.peek(2) != '}';
        if (special) {
            return "";
        }
        this.source.skip(1);
        return "length";
    }

    private static boolean isNameOf(char c) {
        return Source.isName(c) || "@*?-$!".indexOf(c) >= 0;
    }

    private static boolean isDefault(String operator) {
        return !operator.isEmpty() && "-=?+".indexOf(operator.charAt(operator.length() - 1)) >= 0;
    }

    private Word subscript() {
        this.source.skip(1);
        Word inside = expression(']');
        if (inside == null) {
            throw this.source.unexpected();
        }
        this.source.skip(1);
        return inside;
    }

    private String operator() {
        int start = this.source.at();
        char c = this.source.peek();
        if (c == ':') {
            this.source.skip("-=?+".indexOf(this.source.peek(1)) >= 0 ? 2 : 1);
        } else if ("#%/^,".indexOf(c) >= 0) {
            this.source.skip(1);
            char next = this.source.peek();
            if (next == c || c == '/' && (next == '#' || next == '%')) {
                this.source.skip(1);
            }
        } else if ("-=?+@*~".indexOf(c) >= 0) {
            this.source.skip(1);
        } else if (c != '}') {
            throw new NotUnderstoodException("has a bad substitution at character " + (start + 1));
        }
        return this.source.substring(start);
    }

    /** What stands between the operator and the closing brace. */
    private Word argument(boolean quoted, boolean isDefault) {
        Pieces pieces = new Pieces();
        while (true) {
            if (this.source.atEnd()) {
                throw this.source.unexpected();
            }
            char c = this.source.peek();
            if (c == '}') {
                this.source.skip(1);
                return pieces.word();
            }
            if (c == '\'' && quoted && isDefault) {
                apostrophes(pieces);
            } else if (quoted && c != '"' && c != '\'') {
                if (c == '\\' && this.source.peek(1) == '}') {
                    this.source.skip(1);
                }
                this.words.readQuoted(this.source.peek(), pieces, true);
            } else if ((c == '<' || c == '>') && this.source.peek(1) == '(' && !quoted) {
                this.words.process(pieces);
            } else {
                this.words.readAnywhere(c, pieces, quoted);
            }
        }
    }

    /** Between double quotes apostrophes hide a brace, but what stands between them still expands. */
    private void apostrophes(Pieces pieces) {
        int start = this.source.at();
        int end = this.source.indexOf('\'', start + 1, this.source.length());
        if (end < 0) {
            throw new NotUnderstoodException("ends inside quotes");
        }
        this.source.moveTo(end + 1);
        pieces.addAll(this.parser.documentBody(this.source.substring(start)));
    }

    private void ansi(Pieces pieces) {
        int start = this.source.at() + 1;
        int end = start;
        while (end < this.source.length() && this.source.charAt(end) != '\'') {
            end += (this.source.charAt(end) == '\\') ? 2 : 1;
        }
        if (end >= this.source.length()) {
            throw new NotUnderstoodException("ends inside quotes");
        }
        this.source.moveTo(end);
        pieces.quoted(AnsiEscapes.inQuotes(this.source.substring(start)));
        this.source.skip(1);
    }

    /** Commands between backquotes, where a backslash hides a backquote, a dollar sign and itself. */
    void backquoted(Pieces pieces, boolean quoted) {
        int start = this.source.at();
        this.source.skip(1);
        StringBuilder inside = new StringBuilder();
        while (this.source.peek() != '`') {
            if (this.source.atEnd()) {
                throw new NotUnderstoodException("ends inside quotes");
            }
            char next = this.source.peek(1);
            if (this.source.peek() == '\\' && (next == '`' || next == '\\' || next == '$' || quoted && next == '"')) {
                this.source.skip(1);
            }
            inside.append(this.source.peek());
            this.source.skip(1);
        }
        this.source.skip(1);
        Script script = this.parser.nested(inside.toString());
        pieces.add(new Substitution(this.source.raw(start), script, quoted));
    }
}
