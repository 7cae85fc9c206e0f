package cloud.enact.connector;

import org.jspecify.annotations.Nullable;

/** An operation that was allowed could not be done. The message says why and what to do, without its arguments. */
public class ConnectorException extends RuntimeException {

    public ConnectorException(String message) {
        super(message);
    }

    public ConnectorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
