package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;

/** Reads comments, and the symbols that begin like one. */
final class CommentReader {

    private static final int LONGEST_LINE = 2000;

    private final SqlScan scan;

    CommentReader(SqlScan scan) {
        this.scan = scan;
    }

    void dash() {
        if (this.scan.charAt(this.scan.at() + 1) != '-') {
            boolean arrow = this.scan.charAt(this.scan.at() + 1) == '>';
            int end = this.scan.at() + (arrow ? (this.scan.charAt(this.scan.at() + 2) == '>') ? 3 : 2 : 1);
            this.scan.add(Kind.SYMBOL, this.scan.substring(this.scan.at(), end), end);
            return;
        }
        char next = this.scan.charAt(this.scan.at() + 2);
        if (next > ' ') {
            this.scan.doubt();
            if (this.scan.isMySql()) {
                this.scan.add(Kind.SYMBOL, "-", this.scan.at() + 1);
                return;
            }
        }
        skipLine();
    }

    void hash() {
        int symbol = this.scan.at()
                + ((this.scan.charAt(this.scan.at() + 1) == '>')
                        ? (this.scan.charAt(this.scan.at() + 2) == '>') ? 3 : 2
                        : 1);
        if (isPathOfJson(symbol)) {
            this.scan.add(Kind.SYMBOL, this.scan.substring(this.scan.at(), symbol), symbol);
            return;
        }
        this.scan.doubt();
        if (this.scan.isMySql()) {
            skipLine();
        } else {
            this.scan.add(Kind.SYMBOL, "#", this.scan.at() + 1);
        }
    }

    /** {@code data #>> '{a,b}'}, in a line that ends in the state it would end in as a comment. */
    private boolean isPathOfJson(int from) {
        int quote = from + ((this.scan.charAt(from) == ' ') ? 1 : 0);
        if (from < this.scan.at() + 2 || !this.scan.startsWith("'{", quote)) {
            return false;
        }
        int end = quote;
        while (this.scan.charAt(end) >= ' ' && end < quote + LONGEST_LINE) {
            end++;
        }
        String rest = this.scan.substring(quote, end);
        return end < quote + LONGEST_LINE
                && rest.chars().filter(c -> c == '\'').count() % 2 == 0
                && !rest.contains("/*")
                && rest.indexOf('"') < 0
                && rest.indexOf('$') < 0
                && rest.indexOf('`') < 0;
    }

    private void skipLine() {
        this.scan.unusual();
        int end = this.scan.lineEnd();
        this.scan.spans(end);
        this.scan.goTo(end);
    }

    void slash() {
        if (this.scan.charAt(this.scan.at() + 1) != '*') {
            this.scan.add(Kind.SYMBOL, "/", this.scan.at() + 1);
            return;
        }
        if (this.scan.charAt(this.scan.at() + 2) == '!' || this.scan.startsWith("M!", this.scan.at() + 2)) {
            this.scan.warn("holds a comment that some databases execute");
            this.scan.doubt();
            if (this.scan.isMySql()) {
                this.scan.goTo(this.scan.indexOf("!", this.scan.at()) + 1);
                while (this.scan.isDigit(this.scan.at())) {
                    this.scan.goTo(this.scan.at() + 1);
                }
                return;
            }
        }
        this.scan.unusual();
        int depth = 1;
        int i = this.scan.at() + 2;
        while (i < this.scan.length() && depth > 0) {
            if (this.scan.startsWith("*/", i)) {
                depth--;
                i += 2;
            } else if (this.scan.startsWith("/*", i)) {
                this.scan.doubt();
                depth += this.scan.isMySql() ? 0 : 1;
                i += 2;
            } else {
                i++;
            }
        }
        if (depth > 0) {
            this.scan.fail("holds a comment that does not end");
            return;
        }
        this.scan.spans(i);
        this.scan.goTo(i);
    }

    void star() {
        if (this.scan.notice() != null && this.scan.isMySql() && this.scan.charAt(this.scan.at() + 1) == '/') {
            this.scan.goTo(this.scan.at() + 2);
        } else {
            this.scan.add(Kind.SYMBOL, "*", this.scan.at() + 1);
        }
    }
}
