package cloud.enact.analysis.shell;

/** The work one analysis may do, counted in characters and words rather than in time. */
final class Effort {

    /** Enough for a short text that runs others. */
    private static final int LEAST = 200_000;

    /** What each character may cost. */
    private static final int PER_CHARACTER = 10;

    /** How deep commands, quotes and substitutions may stand in one another. */
    static final int DEEPEST = 200;

    private final int limit;

    private int spent;

    private int depth;

    /** The work that a text of this length is worth. */
    Effort(int length) {
        this.limit = LEAST + PER_CHARACTER * length;
    }

    void spend(int amount) {
        this.spent += amount;
        if (this.spent > this.limit || this.spent < 0) {
            throw new NotUnderstoodException("is too complex to be read", true);
        }
    }

    int spent() {
        return this.spent;
    }

    int depth() {
        return this.depth;
    }

    void returnTo(int earlier) {
        this.depth = earlier;
    }

    void enter() {
        this.depth++;
        if (this.depth > DEEPEST) {
            throw new NotUnderstoodException("is nested too deeply", true);
        }
    }

    void leave() {
        this.depth--;
    }
}
