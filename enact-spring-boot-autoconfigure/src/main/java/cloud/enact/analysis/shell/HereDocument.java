package cloud.enact.analysis.shell;

/** A here-document: named where it is asked for, filled when its lines are reached. */
final class HereDocument {

    private final String delimiter;

    private final boolean literal;

    private final boolean tabsRemoved;

    private Word body = Word.EMPTY;

    HereDocument(String delimiter, boolean literal, boolean tabsRemoved) {
        this.delimiter = delimiter;
        this.literal = literal;
        this.tabsRemoved = tabsRemoved;
    }

    /** Takes the lines up to the delimiter. */
    void read(Source source, Parser parser) {
        StringBuilder lines = new StringBuilder();
        boolean joined = false;
        while (!source.atEnd()) {
            int start = source.at();
            int end = source.lineEnd(start);
            if (this.tabsRemoved && !joined) {
                while (start < end && source.charAt(start) == '\t') {
                    start++;
                }
            }
            if (!joined && source.startsWith(this.delimiter, start)) {
                int after = start + this.delimiter.length();
                if (after == end) {
                    source.moveTo(Math.min(end + 1, source.length()));
                    break;
                }
                if (source.inSubstitution() && source.indexOf(')', after, end) >= 0) {
                    source.moveTo(after);
                    break;
                }
            }
            int next = Math.min(end + 1, source.length());
            source.copy(start, next, lines);
            source.moveTo(next);
            joined = !this.literal && source.endsWithContinuation(start, end);
        }
        String text = lines.toString();
        this.body = this.literal ? Word.quoted(text) : parser.documentBody(text);
    }

    Word body() {
        return this.body;
    }
}
