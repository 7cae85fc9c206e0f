package cloud.enact.analysis.shell;

/**
 * A word after its expansion.
 *
 * @param text its characters, with placeholders for what is unknown
 * @param glob whether the shell may replace it by names of files
 */
record Field(String text, boolean glob) {

    static Field of(String text) {
        return new Field(text, false);
    }

    boolean isDynamic() {
        return Unknowns.in(this.text);
    }
}
