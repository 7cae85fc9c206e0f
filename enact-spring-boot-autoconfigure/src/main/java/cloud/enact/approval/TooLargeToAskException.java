package cloud.enact.approval;

/** A call is larger than what people are shown; the message is safe to show to anybody. */
public class TooLargeToAskException extends RuntimeException {

    public TooLargeToAskException(String message) {
        super(message);
    }
}
