package cloud.enact.hook.claudecode.setup;

/**
 * Something that keeps calls from being judged, or that nobody could look at.
 *
 * @param kind which of both
 * @param text a sentence
 */
public record Finding(Kind kind, String text) {

    /** How sure it is. */
    public enum Kind {
        /** Calls get past the guard, or may. */
        HOLE,
        /** Nobody can tell from here. */
        UNCHECKED
    }

    static Finding hole(String text) {
        return new Finding(Kind.HOLE, text);
    }

    static Finding unchecked(String text) {
        return new Finding(Kind.UNCHECKED, text);
    }
}
