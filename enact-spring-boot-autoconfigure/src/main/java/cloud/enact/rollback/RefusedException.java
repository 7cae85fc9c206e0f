package cloud.enact.rollback;

/** Something stands in the way of the whole rollback; the message says what, in a sentence. */
final class RefusedException extends RuntimeException {

    RefusedException(String message) {
        super(message);
    }
}
