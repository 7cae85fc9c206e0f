package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Redirect;

/** Reads redirections. */
final class RedirectReader {

    private static final String[] OPERATORS = {"&>>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">", "&>"};

    private final Source source;

    private final WordReader words;

    RedirectReader(Source source, WordReader words) {
        this.source = source;
        this.words = words;
    }

    boolean startsHere() {
        int ahead = descriptor();
        char c = this.source.peek(ahead);
        if (c == '<' || c == '>') {
            return this.source.peek(ahead + 1) != '(';
        }
        return ahead == 0 && c == '&' && this.source.peek(1) == '>';
    }

    /** The length of the number or name before an operator. */
    private int descriptor() {
        int ahead = 0;
        char c = this.source.peek();
        if (Source.isDigit(c)) {
            while (Source.isDigit(this.source.peek(ahead))) {
                ahead++;
            }
            return ahead;
        }
        if (c == '{' && Source.isNameStart(this.source.peek(1))) {
            ahead = 2;
            while (Source.isName(this.source.peek(ahead))) {
                ahead++;
            }
            return (this.source.peek(ahead) == '}') ? ahead + 1 : 0;
        }
        return 0;
    }

    Redirect read() {
        int length = descriptor();
        String descriptor = this.source.ahead(length);
        this.source.skip(length);
        String operator = operator();
        this.source.skip(operator.length());
        this.source.skipBlanks();
        if (startsHere()) {
            throw this.source.unexpected();
        }
        Word target = this.words.read();
        if (target.isEmpty()) {
            throw this.source.unexpected();
        }
        if (!operator.equals("<<") && !operator.equals("<<-")) {
            return new Redirect(descriptor, operator, target, null);
        }
        String delimiter = delimiter(target);
        HereDocument document = new HereDocument(delimiter, target.isQuoted(), operator.equals("<<-"));
        this.source.await(document);
        return new Redirect(descriptor, operator, target, document);
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (this.source.startsWith(operator)) {
                return operator;
            }
        }
        throw this.source.unexpected();
    }

    /** What ends a here-document is not expanded. */
    private static String delimiter(Word word) {
        String delimiter = word.constant();
        if (delimiter == null) {
            throw new NotUnderstoodException("has a here-document whose end is an expansion");
        }
        return delimiter;
    }
}
