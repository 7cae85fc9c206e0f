package cloud.enact.approval;

/** So many requests are open that people are not asked about another one; the message is safe to show to anybody. */
public class TooManyApprovalsException extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message what there is too much of and what to do, as sentences for whoever called
     */
    public TooManyApprovalsException(String message) {
        super(message);
    }
}
