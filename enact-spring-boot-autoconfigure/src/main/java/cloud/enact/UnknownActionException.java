package cloud.enact;

/** There is no registered action of that name. */
public class UnknownActionException extends RuntimeException {

    public UnknownActionException(String message) {
        super(message);
    }
}
