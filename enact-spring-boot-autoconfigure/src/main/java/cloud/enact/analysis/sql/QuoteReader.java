package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlToken.Kind;

/** Reads what stands in quotes of any kind. */
final class QuoteReader {

    private final SqlScan scan;

    private int nextBracket = -2;

    QuoteReader(SqlScan scan) {
        this.scan = scan;
    }

    void string(int quote, boolean escapes) {
        int i = quote + 1;
        while (i < this.scan.length()) {
            char c = this.scan.charAt(i);
            if (c == '\\') {
                this.scan.unusual();
                if (escapes || this.scan.isMySql()) {
                    i++;
                } else if (this.scan.charAt(i + 1) == '\'' || this.scan.charAt(i + 1) == '\\') {
                    this.scan.doubt();
                }
            } else if (c == '\'') {
                if (this.scan.charAt(i + 1) != '\'') {
                    this.scan.add(Kind.STRING, this.scan.substring(quote + 1, i), i + 1);
                    continued(escapes);
                    return;
                }
                i++;
            } else if (c == 0) {
                break;
            }
            i++;
        }
        this.scan.fail("holds a string that does not end");
    }

    /** The escapes of a string go on in its next part. */
    private void continued(boolean escapes) {
        int i = this.scan.at();
        while (escapes && i < this.scan.length() && Character.isWhitespace(this.scan.charAt(i))) {
            i++;
        }
        if (i > this.scan.at() && (this.scan.charAt(i) == '\'' || this.scan.startsWith("--", i))) {
            this.scan.fail("holds a string in parts");
        }
    }

    void name(char quote) {
        boolean escapes = quote == '"' && this.scan.isMySql();
        StringBuilder name = new StringBuilder();
        for (int i = this.scan.at() + 1; i < this.scan.length(); i++) {
            char c = this.scan.charAt(i);
            if (c == quote) {
                if (this.scan.charAt(i + 1) != quote) {
                    addName(name.toString(), i + 1, quote);
                    return;
                }
                i++;
            } else if (c == '\\' && quote == '"') {
                this.scan.doubt();
                i += escapes ? 1 : 0;
                c = this.scan.charAt(i);
            } else if (c == 0) {
                break;
            }
            name.append(c);
        }
        this.scan.fail("holds a quoted name that does not end");
    }

    private void addName(String name, int end, char quote) {
        if (quote == '`' && SqlScan.changesWhatFollows(name)) {
            this.scan.fail("holds a quoted name that databases read differently");
            return;
        }
        this.scan.add(Kind.NAME, name, end);
    }

    /** A name behind {@code U&} may be spelled in numbers; nobody writes one so that is not hiding it. */
    void unicode(int quote) {
        if (this.scan.charAt(quote) == '\'') {
            string(quote, false);
            return;
        }
        this.scan.fail("holds a name that is spelled in numbers");
    }

    /** A name for one database, an index for the next. */
    void bracket() {
        this.scan.unusual();
        if (this.scan.followsValue()) {
            this.scan.opensBracket(closingBracket());
            this.scan.add(Kind.SYMBOL, "[", this.scan.at() + 1);
            return;
        }
        int end = closingBracket();
        String inside = (end < 0) ? "" : this.scan.substring(this.scan.at() + 1, end);
        if (inside.isBlank()
                || SqlScan.changesWhatFollows(inside)
                || this.scan.charAt(end + 1) == ']'
                || inside.indexOf('[') >= 0) {
            this.scan.fail("holds brackets that databases read differently");
            return;
        }
        this.scan.add(Kind.NAME, inside, end + 1);
    }

    /** The next closing bracket, or -1; searched for once for all that open before it. */
    private int closingBracket() {
        if (this.nextBracket < this.scan.at() && this.nextBracket != -1) {
            this.nextBracket = this.scan.indexOf("]", this.scan.at());
        }
        return this.nextBracket;
    }

    void dollar() {
        int tag = this.scan.at() + 1;
        while (SqlScan.isNamePart(this.scan.charAt(tag)) && this.scan.charAt(tag) != '$') {
            tag++;
        }
        if (this.scan.isDigit(this.scan.at() + 1)) {
            this.scan.add(Kind.PARAMETER, this.scan.substring(this.scan.at(), tag), tag);
            return;
        }
        if (this.scan.charAt(tag) == '{') {
            // a template puts a value here
            int end = tag + 1;
            while (SqlScan.isNamePart(this.scan.charAt(end)) || this.scan.charAt(end) == '.') {
                end++;
            }
            end++;
            boolean plain = this.scan.charAt(end - 1) == '}';
            this.scan.add(plain ? Kind.PARAMETER : Kind.SYMBOL, "$", plain ? end : tag);
            return;
        }
        boolean opens = this.scan.charAt(tag) == '$';
        if (opens) {
            this.scan.doubt();
        }
        if (!opens || this.scan.isMySql()) {
            this.scan.add(Kind.WORD, this.scan.substring(this.scan.at(), tag), tag);
            return;
        }
        this.scan.unusual();
        String quote = this.scan.substring(this.scan.at(), tag + 1);
        int end = this.scan.indexOf(quote, tag + 1);
        if (end < 0) {
            this.scan.fail("holds a string that does not end");
            return;
        }
        this.scan.add(Kind.STRING, this.scan.substring(tag + 1, end), end + quote.length());
    }
}
