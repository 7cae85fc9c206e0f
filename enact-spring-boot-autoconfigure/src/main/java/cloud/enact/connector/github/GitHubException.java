package cloud.enact.connector.github;

import cloud.enact.connector.ConnectorException;
import org.jspecify.annotations.Nullable;

/** GitHub refused, or could not be asked. The message has GitHub's own words and number, and no secret. */
final class GitHubException extends ConnectorException {

    /** What is known of what happened. */
    enum Kind {
        /** GitHub answered and did nothing. */
        REFUSED,
        /** There is no such thing, or this token may not see it. */
        NOT_FOUND,
        /** Nothing was done: GitHub could not be reached, or wants to be left alone for a while. */
        UNAVAILABLE,
        /** A change was sent, and no answer came: it may have happened. */
        IN_DOUBT
    }

    private final Kind kind;

    private final int status;

    GitHubException(Kind kind, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
    }

    Kind kind() {
        return this.kind;
    }

    boolean isInDoubt() {
        return this.kind == Kind.IN_DOUBT;
    }

    boolean isNotFound() {
        return this.kind == Kind.NOT_FOUND;
    }

    /** HTTP status; 0 when there was no answer. */
    int status() {
        return this.status;
    }
}
