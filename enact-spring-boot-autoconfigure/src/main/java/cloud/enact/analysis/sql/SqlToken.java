package cloud.enact.analysis.sql;

import java.util.Set;

/**
 * One word of a statement.
 *
 * @param text a word in small letters, the inside of quotes, or the symbol itself
 * @param start where it begins in the text
 * @param end where the next thing begins
 */
record SqlToken(Kind kind, String text, int start, int end) {

    /** Behind the last token. */
    static final SqlToken NONE = new SqlToken(Kind.SYMBOL, "", -1, -1);

    boolean isWord() {
        return this.kind == Kind.WORD;
    }

    boolean isWord(String word) {
        return this.kind == Kind.WORD && this.text.equals(word);
    }

    boolean isWordOf(Set<String> words) {
        return this.kind == Kind.WORD && words.contains(this.text);
    }

    boolean isSymbol(String symbol) {
        return this.kind == Kind.SYMBOL && this.text.equals(symbol);
    }

    boolean isString() {
        return this.kind == Kind.STRING;
    }

    /** Whether it may be the name of something. */
    boolean isName() {
        return this.kind == Kind.WORD || this.kind == Kind.NAME;
    }

    /** What a token is. */
    enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in quotes. */
        NAME,
        STRING,
        NUMBER,
        /** Stands for a value that comes later. */
        PARAMETER,
        SYMBOL,
        /** A line that psql would run itself. */
        CLIENT
    }
}
