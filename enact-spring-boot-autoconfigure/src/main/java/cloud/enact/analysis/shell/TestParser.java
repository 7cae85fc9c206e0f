package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands between {@code [[} and {@code ]]}. */
final class TestParser {

    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

    private static final String UNARY = "abcdefghknoprstuvwxzGLNORS";

    private final Source source;

    private final Parser parser;

    private final WordReader words;

    TestParser(Source source, Parser parser, WordReader words) {
        this.source = source;
        this.parser = parser;
        this.words = words;
    }

    List<Word> read() {
        List<Word> all = new ArrayList<>();
        alternatives(all);
        if (!isClosing()) {
            throw this.source.unexpected();
        }
        this.source.skip(2);
        return all;
    }

    private void alternatives(List<Word> all) {
        this.source.effort().enter();
        term(all);
        this.source.skipLines(this.parser);
        while (this.source.startsWith("&&") || this.source.startsWith("||")) {
            this.source.skip(2);
            term(all);
            this.source.skipLines(this.parser);
        }
        this.source.effort().leave();
    }

    private void term(List<Word> all) {
        this.source.skipLines(this.parser);
        while (this.source.peek() == '!' && Source.isMeta(this.source.peek(1))) {
            this.source.skip(1);
            this.source.skipLines(this.parser);
        }
        if (this.source.peek() == '(') {
            this.source.skip(1);
            alternatives(all);
            this.parser.expect(')');
            return;
        }
        Word first = word(all);
        this.source.skipBlanks();
        String operator = first.bare();
        boolean unary = operator != null
                && operator.length() == 2
                && operator.charAt(0) == '-'
                && UNARY.indexOf(operator.charAt(1)) >= 0;
        if (endsTerm()) {
            if (unary) {
                throw this.source.unexpected();
            }
            return;
        }
        if (unary && !isComparison()) {
            word(all);
            return;
        }
        comparison(all);
    }

    private boolean endsTerm() {
        char c = this.source.peek();
        return isClosing() || c == '\n' || c == ')' || this.source.startsWith("&&") || this.source.startsWith("||");
    }

    private boolean isClosing() {
        return this.source.startsWith("]]")
                && (this.source.peek(2) == Source.END || Source.isMeta(this.source.peek(2)));
    }

    private boolean isComparison() {
        int length = 0;
        while (length < 4 && this.source.peek(length) != Source.END && !Source.isMeta(this.source.peek(length))) {
            length++;
        }
        return COMPARISONS.contains(this.source.ahead(length)) && this.source.peek(length) != ' '
                || COMPARISONS.contains(this.source.ahead(length)) && !closesAfter(length);
    }

    /** Whether the word of this length is the last one of the test, and so no operator. */
    private boolean closesAfter(int length) {
        int ahead = length;
        while (this.source.peek(ahead) == ' ') {
            ahead++;
        }
        return this.source.peek(ahead) == ']' && this.source.peek(ahead + 1) == ']';
    }

    private void comparison(List<Word> all) {
        char c = this.source.peek();
        if (c == '<' || c == '>') {
            this.source.skip(1);
            this.source.skipBlanks();
            word(all);
            return;
        }
        String operator = this.words.read().bare();
        if (operator == null || !COMPARISONS.contains(operator)) {
            throw this.source.unexpected();
        }
        this.source.skipBlanks();
        if (operator.equals("=~")) {
            all.add(this.words.expression());
        } else {
            word(all);
        }
    }

    private Word word(List<Word> all) {
        Word word = this.words.read();
        if (word.isEmpty()) {
            throw this.source.unexpected();
        }
        all.add(word);
        return word;
    }
}
