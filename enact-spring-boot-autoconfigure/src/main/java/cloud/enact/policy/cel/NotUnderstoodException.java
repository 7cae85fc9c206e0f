package cloud.enact.policy.cel;

/** An expression reads what nobody can make sense of. */
final class NotUnderstoodException extends RuntimeException {

    NotUnderstoodException() {
        super("The expression reads a text that is not understood", null, false, false);
    }
}
