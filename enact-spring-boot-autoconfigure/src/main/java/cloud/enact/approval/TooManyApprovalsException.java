package cloud.enact.approval;

/** So many requests are open that people are not asked about another one; the message is safe to show to anybody. */
public class TooManyApprovalsException extends RuntimeException {

    public TooManyApprovalsException(String message) {
        super(message);
    }
}
