package cloud.enact.sample;

/** Something in an act was not as it should be; the message says what. */
final class UnexpectedException extends RuntimeException {

    UnexpectedException(String message) {
        super(message);
    }
}
