package cloud.enact.gate;

/** A connector step did not do what it should. The message is safe to show to a model. */
public class StepFailedException extends RuntimeException {

    StepFailedException(String action, Exception cause) {
        super("Step '" + action + "' failed: " + describe(cause), cause);
    }

    /** The error in a sentence; an unexpected one by its type only, because its message may hold anything. */
    static String describe(Exception error) {
        String message = error.getMessage();
        boolean meant = error instanceof IllegalArgumentException
                || error instanceof IllegalStateException
                || error instanceof java.io.IOException;
        return (meant && message != null) ? message : error.getClass().getSimpleName();
    }
}
