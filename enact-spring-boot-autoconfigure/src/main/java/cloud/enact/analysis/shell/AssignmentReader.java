package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Assignment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads assignments before a command, or as arguments of those that take arrays. */
final class AssignmentReader {

    private final Source source;

    private final Parser parser;

    private final WordReader words;

    private final DollarReader dollars;

    AssignmentReader(Source source, Parser parser, WordReader words) {
        this.source = source;
        this.parser = parser;
        this.words = words;
        this.dollars = new DollarReader(source, parser, words);
    }

    /** The assignment that starts here, or {@code null}; only one of an array where a word would do as well. */
    @Nullable
    Assignment read(boolean anyValue) {
        int place = this.source.at();
        if (!Source.isNameStart(this.source.peek()) || this.source.hasFailed(place)) {
            return null;
        }
        while (Source.isName(this.source.peek())) {
            this.source.skip(1);
        }
        String name = this.source.substring(place);
        boolean subscripted = this.source.peek() == '[';
        if (subscripted && (!anyValue || this.source.attempt(this::subscript) == null)) {
            this.source.moveTo(place);
            return null;
        }
        boolean append = this.source.peek() == '+' && this.source.peek(1) == '=';
        if (!append && this.source.peek() != '=') {
            this.source.markFailed(place);
            return null;
        }
        this.source.skip(append ? 2 : 1);
        if (this.source.peek() == '(' && !subscripted) {
            this.source.skip(1);
            return new Assignment(name, false, append, Word.EMPTY, elements());
        }
        if (!anyValue) {
            this.source.moveTo(place);
            return null;
        }
        return new Assignment(name, subscripted, append, this.words.read(), null);
    }

    private List<Word> elements() {
        List<Word> elements = new ArrayList<>();
        this.source.effort().enter();
        while (true) {
            this.source.skipLines(this.parser);
            if (this.source.peek() == ')') {
                this.source.skip(1);
                this.source.effort().leave();
                return elements;
            }
            Word element = this.words.read();
            if (element.isEmpty()) {
                throw this.source.unexpected();
            }
            elements.add(element);
        }
    }

    /** What stands in brackets before an assignment. */
    private @Nullable Word subscript() {
        this.source.skip(1);
        Word inside = this.dollars.expression(']');
        if (inside != null) {
            this.source.skip(1);
        }
        return inside;
    }

    /** An array as one word. */
    static Word asWord(Assignment assignment) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(assignment.name() + "=(", true));
        List<Word> elements = assignment.elements();
        if (elements != null) {
            for (Word element : elements) {
                parts.addAll(element.parts());
                parts.add(new Part.Text(" ", true));
            }
        }
        parts.add(new Part.Text(")", true));
        return new Word(parts);
    }
}
