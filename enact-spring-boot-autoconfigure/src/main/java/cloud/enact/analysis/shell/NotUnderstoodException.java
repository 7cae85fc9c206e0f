package cloud.enact.analysis.shell;

/** A text, or a part of it, that is no command line we can make sense of. The message is the end of a sentence. */
final class NotUnderstoodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean hopeless;

    NotUnderstoodException(String problem) {
        this(problem, false);
    }

    /**
     * A text that is not read.
     *
     * @param hopeless whether no other reading of the same text can help
     */
    NotUnderstoodException(String problem, boolean hopeless) {
        // thrown for hostile text, where a stack trace would only cost
        super(problem, null, false, false);
        this.hopeless = hopeless;
    }

    boolean isHopeless() {
        return this.hopeless;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
