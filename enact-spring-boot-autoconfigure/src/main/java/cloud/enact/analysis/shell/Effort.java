package cloud.enact.analysis.shell;

/** The work one analysis may do, counted in characters and words rather than in time. */
final class Effort {

    /** Enough for the longest text several times over. */
    static final int LIMIT = 4_000_000;

    /** How deep commands, quotes and substitutions may stand in one another. */
    static final int DEEPEST = 200;

    private int spent;

    private int depth;

    void spend(int amount) {
        this.spent += amount;
        if (this.spent > LIMIT || this.spent < 0) {
            throw new NotUnderstoodException("is too complex to be read");
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
            throw new NotUnderstoodException("is nested too deeply");
        }
    }

    void leave() {
        this.depth--;
    }
}
