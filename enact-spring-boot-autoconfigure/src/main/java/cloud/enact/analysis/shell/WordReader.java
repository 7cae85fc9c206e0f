package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Process;
import cloud.enact.analysis.shell.Part.Script;
import cloud.enact.analysis.shell.Part.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads words: quotes, escapes, and what expands. */
final class WordReader {

    private final Source source;

    private final Parser parser;

    private final DollarReader dollars;

    WordReader(Source source, Parser parser) {
        this.source = source;
        this.parser = parser;
        this.dollars = new DollarReader(source, parser, this);
    }

    /** The word that starts here; empty when none does. */
    Word read() {
        Pieces pieces = new Pieces();
        while (!this.source.atEnd() && readPiece(pieces)) {
            continue;
        }
        return pieces.word();
    }

    /** One piece of a word; {@code false} where it ends. */
    private boolean readPiece(Pieces pieces) {
        char c = this.source.peek();
        switch (c) {
            case ' ', '\t', '\n', ';', '&', '|', ')' -> {
                return false;
            }
            case '<', '>' -> {
                if (this.source.peek(1) != '(') {
                    return false;
                }
                process(pieces);
            }
            case '(' -> {
                if (!pieces.endsWithPatternOperator()) {
                    return false;
                }
                group(pieces);
            }
            default -> readAnywhere(c, pieces, false);
        }
        return true;
    }

    /** What means the same in every unquoted place: quotes, escapes, expansions and plain characters. */
    void readAnywhere(char c, Pieces pieces, boolean quoted) {
        switch (c) {
            case '\\' -> escape(pieces);
            case '\'' -> single(pieces);
            case '"' -> {
                this.source.skip(1);
                doubleQuoted(pieces);
            }
            case '$' -> this.dollars.read(pieces, quoted);
            case '`' -> this.dollars.backquoted(pieces, quoted);
            default -> {
                pieces.plain(c, quoted);
                this.source.skip(1);
            }
        }
    }

    private void escape(Pieces pieces) {
        char next = this.source.peek(1);
        if (next == '\n') {
            this.source.skip(2);
        } else if (next == Source.END) {
            pieces.plain('\\', true);
            this.source.skip(1);
        } else {
            pieces.plain(next, true);
            this.source.skip(2);
        }
    }

    private void single(Pieces pieces) {
        int end = this.source.indexOf('\'', this.source.at() + 1, this.source.length());
        if (end < 0) {
            throw new NotUnderstoodException("ends inside quotes");
        }
        this.source.skip(1);
        int start = this.source.at();
        this.source.moveTo(end);
        pieces.quoted(this.source.substring(start));
        this.source.skip(1);
    }

    /** Everything up to the closing quote. */
    void doubleQuoted(Pieces pieces) {
        pieces.quoted("");
        while (true) {
            char c = this.source.peek();
            if (this.source.atEnd()) {
                throw new NotUnderstoodException("ends inside quotes");
            }
            if (c == '"') {
                this.source.skip(1);
                return;
            }
            readQuoted(c, pieces, true);
        }
    }

    /** A here-document's text: like double quotes, without an end. */
    Word document() {
        Pieces pieces = new Pieces();
        while (!this.source.atEnd()) {
            readQuoted(this.source.peek(), pieces, false);
        }
        return pieces.word();
    }

    /** A character or an expansion between double quotes. */
    void readQuoted(char c, Pieces pieces, boolean inQuotes) {
        switch (c) {
            case '$' -> this.dollars.read(pieces, true);
            case '`' -> this.dollars.backquoted(pieces, true);
            case '\\' -> {
                char next = this.source.peek(1);
                switch (next) {
                    case '\n' -> this.source.skip(2);
                    case '$', '`', '\\' -> {
                        pieces.plain(next, true);
                        this.source.skip(2);
                    }
                    case '"' -> {
                        if (!inQuotes) {
                            pieces.plain('\\', true);
                        }
                        pieces.plain(next, true);
                        this.source.skip(2);
                    }
                    default -> {
                        pieces.plain('\\', true);
                        this.source.skip(1);
                    }
                }
            }
            default -> {
                pieces.plain(c, true);
                this.source.skip(1);
            }
        }
    }

    /** A file that is a pipe from or to commands. */
    void process(Pieces pieces) {
        int start = this.source.at();
        boolean input = this.source.peek() == '<';
        this.source.skip(2);
        Script script = this.parser.substitution();
        pieces.add(new Process(this.source.raw(start), script, input));
    }

    /** A pattern in parentheses, after one of {@code ? * + @ !}; the text from here to its end. */
    void group(Pieces pieces) {
        this.source.effort().enter();
        pieces.plain('(', false);
        this.source.skip(1);
        while (true) {
            if (this.source.atEnd()) {
                throw this.source.unexpected();
            }
            char c = this.source.peek();
            if (c == '(') {
                group(pieces);
            } else if (c == ')') {
                pieces.plain(')', false);
                this.source.skip(1);
                this.source.effort().leave();
                return;
            } else if ((c == '<' || c == '>') && this.source.peek(1) == '(') {
                process(pieces);
            } else {
                readAnywhere(c, pieces, false);
            }
        }
    }

    /** The right side of {@code =~}: parentheses and bars belong to it. */
    Word expression() {
        Pieces pieces = new Pieces();
        while (!this.source.atEnd()) {
            char c = this.source.peek();
            if (c == '(') {
                group(pieces);
            } else if (c == '|' && this.source.peek(1) != '|' || c == '<' || c == '>') {
                pieces.plain(c, false);
                this.source.skip(1);
            } else if (!readPiece(pieces)) {
                break;
            }
        }
        return pieces.word();
    }

    /** The parts of a word under construction. */
    static final class Pieces {

        private final List<Part> parts = new ArrayList<>(2);

        private final StringBuilder text = new StringBuilder();

        private boolean textQuoted;

        void plain(char c, boolean quoted) {
            if (quoted != this.textQuoted) {
                flush();
                this.textQuoted = quoted;
            }
            this.text.append(c);
        }

        /** Quoted text, which makes a word even when it is empty. */
        void quoted(String added) {
            flush();
            if (added.isEmpty()) {
                this.parts.add(new Text("", true));
                return;
            }
            this.textQuoted = true;
            this.text.append(added);
        }

        void add(Part part) {
            flush();
            this.parts.add(part);
        }

        void addAll(Word word) {
            flush();
            this.parts.addAll(word.parts());
        }

        boolean endsWithPatternOperator() {
            int last = this.text.length() - 1;
            return last >= 0 && !this.textQuoted && "?*+@!".indexOf(this.text.charAt(last)) >= 0;
        }

        private void flush() {
            if (!this.text.isEmpty()) {
                this.parts.add(new Text(this.text.toString(), this.textQuoted));
                this.text.setLength(0);
            }
        }

        Word word() {
            flush();
            return this.parts.isEmpty() ? Word.EMPTY : new Word(this.parts);
        }
    }
}
