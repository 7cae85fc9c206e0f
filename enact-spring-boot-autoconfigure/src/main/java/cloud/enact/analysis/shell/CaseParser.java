package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Case;
import cloud.enact.analysis.shell.Part.Script;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands between {@code case} and {@code esac}. */
final class CaseParser {

    private final Source source;

    private final Parser parser;

    private final WordReader words;

    CaseParser(Source source, Parser parser, WordReader words) {
        this.source = source;
        this.parser = parser;
        this.words = words;
    }

    Node read() {
        this.source.skipBlanks();
        Word subject = this.words.read();
        this.source.skipLines(this.parser);
        if (subject.isEmpty() || !this.source.startsWith("in") || !isEnd(this.source.peek(2))) {
            throw this.source.unexpected();
        }
        this.source.skip(2);
        List<Word> patterns = new ArrayList<>();
        List<Script> bodies = new ArrayList<>();
        while (true) {
            this.source.skipLines(this.parser);
            if ("esac".equals(this.parser.reserved())) {
                this.source.skip(4);
                return new Case(subject, patterns, bodies);
            }
            patterns(patterns);
            List<Node> body = new ArrayList<>();
            this.parser.readList(body);
            bodies.add(new Script(body));
            if (this.source.peek() == ';') {
                this.source.skip(2);
                if (this.source.peek() == '&') {
                    this.source.skip(1);
                }
            } else if (!"esac".equals(this.parser.reserved())) {
                throw this.source.unexpected();
            }
        }
    }

    private void patterns(List<Word> patterns) {
        if (this.source.peek() == '(') {
            this.source.skip(1);
        }
        while (true) {
            this.source.skipBlanks();
            Word pattern = this.words.read();
            if (pattern.isEmpty()) {
                throw this.source.unexpected();
            }
            patterns.add(pattern);
            this.source.skipBlanks();
            if (this.source.peek() == '|') {
                this.source.skip(1);
            } else {
                this.parser.expect(')');
                return;
            }
        }
    }

    /** Whether a reserved word ends before this character. */
    static boolean isEnd(char c) {
        return c == Source.END || Source.isMeta(c) || c == '\\';
    }
}
