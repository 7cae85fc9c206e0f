package cloud.enact.gate;

import cloud.enact.connector.ConnectorException;

/** A connector step did not do what it should. The message is safe to show to a model. */
public class StepFailedException extends RuntimeException {

    StepFailedException(String action, Throwable cause) {
        super("Step '" + action + "' failed: " + describe(cause), cause);
    }

    /** The error in a sentence; an unexpected one by its type only, because its message may hold anything. */
    static String describe(Throwable error) {
        String message = error.getMessage();
        // what connectors say is meant for people and models; anybody else's message may hold anything
        return (error instanceof ConnectorException && message != null)
                ? message
                : error.getClass().getSimpleName();
    }
}
