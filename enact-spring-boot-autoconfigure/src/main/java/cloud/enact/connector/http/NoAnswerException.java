package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import org.jspecify.annotations.Nullable;

/** A request that got no answer, so that nobody knows what came of it unless it was never sent. */
final class NoAnswerException extends ConnectorException {

    private final boolean sent;

    NoAnswerException(String message, boolean sent, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    /** The same, when an earlier try may have reached the server. */
    NoAnswerException afterAnother(boolean earlierSent) {
        return (this.sent || !earlierSent)
                ? this
                : new NoAnswerException(String.valueOf(getMessage()), true, getCause());
    }

    /** Whether it may have reached the server. */
    boolean isSent() {
        return this.sent;
    }
}
