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
        Word subscript = Word.EMPTY;
        if (this.source.peek() == '[') {
            if (!anyValue) {
                this.source.moveTo(place);
                return null;
            }
            subscript = subscript();
        }
        boolean append = this.source.peek() == '+' && this.source.peek(1) == '=';
        if (!append && this.source.peek() != '=') {
            if (subscript.isEmpty()) {
                this.source.markFailed(place);
                return null;
            }
            // what stands between brackets belongs to the word, blanks and all
            return new Assignment(name, subscript, false, false, this.words.read(), null);
        }
        this.source.skip(append ? 2 : 1);
        if (this.source.peek() == '(' && subscript.isEmpty()) {
            this.source.skip(1);
            return new Assignment(name, Word.EMPTY, true, append, Word.EMPTY, elements());
        }
        if (!anyValue) {
            this.source.moveTo(place);
            return null;
        }
        return new Assignment(name, subscript, true, append, this.words.read(), null);
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
            List<Part> parts = new ArrayList<>();
            if (this.source.peek() == '[') {
                bracketed(subscript(), parts);
            }
            parts.addAll(this.words.read().parts());
            if (parts.isEmpty()) {
                throw this.source.unexpected();
            }
            elements.add(new Word(parts));
        }
    }

    /** What stands between brackets; never empty, so that brackets are told from none. */
    private Word subscript() {
        this.source.skip(1);
        Word inside = this.dollars.expression(']');
        if (inside == null) {
            throw this.source.unexpected();
        }
        this.source.skip(1);
        return inside.isEmpty() ? Word.quoted("") : inside;
    }

    private static void bracketed(Word subscript, List<Part> parts) {
        parts.add(new Part.Text("[", true));
        parts.addAll(subscript.parts());
        parts.add(new Part.Text("]", true));
    }

    /** An array, or what only began like an assignment, as one word. */
    static Word asWord(Assignment assignment) {
        List<Part> parts = new ArrayList<>();
        List<Word> elements = assignment.elements();
        if (elements == null) {
            parts.add(new Part.Text(assignment.name(), true));
            bracketed(assignment.subscript(), parts);
            parts.addAll(assignment.value().parts());
            return new Word(parts);
        }
        parts.add(new Part.Text(assignment.name() + "=(", true));
        for (Word element : elements) {
            parts.addAll(element.parts());
            parts.add(new Part.Text(" ", true));
        }
        parts.add(new Part.Text(")", true));
        return new Word(parts);
    }
}
