package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Counting;
import cloud.enact.analysis.shell.Node.Expression;
import cloud.enact.analysis.shell.Node.For;
import cloud.enact.analysis.shell.Node.Function;
import cloud.enact.analysis.shell.Node.If;
import cloud.enact.analysis.shell.Node.While;
import cloud.enact.analysis.shell.Part.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads commands that hold others. */
final class CompoundParser {

    private final Source source;

    private final Parser parser;

    private final WordReader words;

    private final DollarReader dollars;

    private final TestParser tests;

    private final CaseParser cases;

    CompoundParser(Source source, Parser parser, WordReader words) {
        this.source = source;
        this.parser = parser;
        this.words = words;
        this.dollars = new DollarReader(source, parser, words);
        this.cases = new CaseParser(source, parser, words);
        this.tests = new TestParser(source, parser, words);
    }

    /** The compound command that starts here, or {@code null}. */
    @Nullable
    Node read() {
        if (this.source.peek() == '(') {
            return parentheses();
        }
        String word = this.parser.reserved();
        if (word == null) {
            return null;
        }
        this.source.effort().enter();
        this.source.skip(word.length());
        Node node = switch (word) {
            case "{" -> group();
            case "if" -> condition();
            case "while", "until" -> loop();
            case "for", "select" -> each();
            case "case" -> this.cases.read();
            case "[[" -> new Expression(this.tests.read());
            case "function" -> function();
            case "coproc" -> coprocess();
            default -> {
                this.source.skip(-word.length());
                throw this.source.unexpected();
            }
        };
        this.source.effort().leave();
        return node;
    }

    private Node parentheses() {
        if (this.source.peek(1) == '(' && !this.source.hasFailed(this.source.at())) {
            int start = this.source.at();
            Word expression = this.source.attempt(this.dollars::arithmetic);
            if (expression != null) {
                Node arithmetic = new Expression(List.of(expression));
                return looksLikeWords(expression) ? eitherWay(start, arithmetic) : arithmetic;
            }
        }
        return subshell();
    }

    private Node subshell() {
        this.source.skip(1);
        Script script = this.parser.commands();
        this.parser.expect(')');
        return new Node.Subshell(script);
    }

    /** A shell without arithmetic commands takes double parentheses for a subshell in a subshell. */
    private Node eitherWay(int start, Node arithmetic) {
        int end = this.source.at();
        this.source.moveTo(start);
        this.source.markFailed(start);
        Node subshell = this.source.attempt(this::subshell);
        this.source.moveTo(end);
        return (subshell == null) ? arithmetic : new Node.Group(new Script(List.of(arithmetic, subshell)));
    }

    /** Whether two words stand side by side, as they never do in arithmetic, or one word stands alone. */
    private static boolean looksLikeWords(Word expression) {
        boolean afterWord = false;
        boolean blank = false;
        boolean alone = true;
        for (Part part : expression.parts()) {
            String text = (part instanceof Part.Text plain) ? plain.text() : "$";
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean word = Source.isName(c) || c == '$';
                boolean option = c == '-' && i + 1 < text.length() && Source.isNameStart(text.charAt(i + 1));
                if ((word || option) && blank && afterWord) {
                    return true;
                }
                alone &= Source.isNameStart(c) || c == ' ';
                blank = c == ' ' || c == '\t' || c == '\n';
                afterWord = word || blank && afterWord;
            }
        }
        return alone;
    }

    private Node group() {
        Script script = this.parser.commands();
        expect("}");
        return new Node.Group(script);
    }

    private Node condition() {
        List<Script> conditions = new ArrayList<>();
        List<Script> bodies = new ArrayList<>();
        while (true) {
            conditions.add(this.parser.commands());
            expect("then");
            bodies.add(this.parser.commands());
            String word = this.parser.reserved();
            if (word == null) {
                throw this.source.unexpected();
            }
            this.source.skip(word.length());
            switch (word) {
                case "elif" -> {
                    continue;
                }
                case "else" -> {
                    bodies.add(this.parser.commands());
                    expect("fi");
                    return new If(conditions, bodies);
                }
                case "fi" -> {
                    return new If(conditions, bodies);
                }
                default -> throw this.source.unexpected();
            }
        }
    }

    private Node loop() {
        Script condition = this.parser.commands();
        expect("do");
        Script body = this.parser.commands();
        expect("done");
        return new While(condition, body);
    }

    private Node each() {
        this.source.skipBlanks();
        if (this.source.startsWith("((")) {
            return counting();
        }
        String variable = this.words.read().bare();
        if (variable == null) {
            throw this.source.unexpected();
        }
        this.source.skipLines(this.parser);
        List<Word> values = null;
        if (this.source.startsWith("in") && CaseParser.isEnd(this.source.peek(2))) {
            this.source.skip(2);
            values = new ArrayList<>();
            while (true) {
                this.source.skipBlanks();
                Word value = this.words.read();
                if (value.isEmpty()) {
                    break;
                }
                values.add(value);
            }
            if (this.source.peek() != ';' && this.source.peek() != '\n') {
                throw this.source.unexpected();
            }
        }
        return new For(variable, values, body());
    }

    private Node counting() {
        Word expressions = this.source.attempt(this.dollars::arithmetic);
        if (expressions == null || semicolons(expressions) != 2) {
            throw this.source.unexpected();
        }
        this.source.skipBlanks();
        return new Counting(expressions, body());
    }

    private static long semicolons(Word expressions) {
        long count = 0;
        for (Part part : expressions.parts()) {
            if (part instanceof Part.Text text && !text.quoted()) {
                count += text.text().chars().filter(c -> c == ';').count();
            }
        }
        return count;
    }

    /** What a loop repeats: between {@code do} and {@code done}, or between braces. */
    private Script body() {
        if (this.source.peek() == ';') {
            this.source.skip(1);
        }
        this.source.skipLines(this.parser);
        String word = this.parser.reserved();
        if (word == null || !(word.equals("do") || word.equals("{"))) {
            throw this.source.unexpected();
        }
        this.source.skip(word.length());
        Script body = this.parser.commands();
        expect(word.equals("do") ? "done" : "}");
        return body;
    }

    private Node function() {
        this.source.skipBlanks();
        Word name = this.words.read();
        if (name.isEmpty()) {
            throw this.source.unexpected();
        }
        this.source.skipBlanks();
        if (this.source.peek() == '(') {
            this.source.skip(1);
            this.source.skipBlanks();
            this.parser.expect(')');
        }
        return definition(name);
    }

    /** The definition of a function whose name was read, or {@code null} when it is none. */
    @Nullable
    Node functionNamed(Word name) {
        this.source.skipBlanks();
        if (this.source.peek() != '(') {
            return null;
        }
        this.source.skip(1);
        this.source.skipBlanks();
        this.parser.expect(')');
        this.source.effort().enter();
        Node function = definition(name);
        this.source.effort().leave();
        return function;
    }

    private Node definition(Word name) {
        this.source.skipLines(this.parser);
        Node body = read();
        if (body == null) {
            throw this.source.unexpected();
        }
        String constant = name.constant();
        return new Function((constant == null) ? "" : constant, this.parser.withRedirects(body));
    }

    private Node coprocess() {
        this.source.skipBlanks();
        Node compound = read();
        if (compound == null) {
            int place = this.source.at();
            this.words.read();
            this.source.skipBlanks();
            compound = read();
            if (compound == null) {
                this.source.moveTo(place);
                return new Node.Background(this.parser.simple());
            }
        }
        return new Node.Background(this.parser.withRedirects(compound));
    }

    private void expect(String wanted) {
        if (!wanted.equals(this.parser.reserved())) {
            throw this.source.unexpected();
        }
        this.source.skip(wanted.length());
    }
}
