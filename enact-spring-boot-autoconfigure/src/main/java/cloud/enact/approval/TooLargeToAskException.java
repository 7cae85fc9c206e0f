package cloud.enact.approval;

/** A call is larger than what people are shown; the message is safe to show to anybody. */
public class TooLargeToAskException extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message what is too large and what to do, as sentences for whoever called
     */
    public TooLargeToAskException(String message) {
        super(message);
    }
}
