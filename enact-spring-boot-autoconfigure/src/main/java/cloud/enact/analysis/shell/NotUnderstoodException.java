package cloud.enact.analysis.shell;

/** A text, or a part of it, that is no command line we can make sense of. The message is the end of a sentence. */
final class NotUnderstoodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotUnderstoodException(String problem) {
        // thrown for hostile text, where a stack trace would only cost
        super(problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
