package cloud.enact.doubles.slack;

/** What goes wrong with one request. */
public enum SlackFault {
    /** The connection breaks before the request is looked at. */
    DROP_REQUEST,
    /** The request is done, and the connection breaks before the answer. */
    DROP_RESPONSE,
    /** The request is done, and the connection breaks in the middle of the answer. */
    CUT_RESPONSE,
    /** A server error without having done anything. */
    ERROR_BEFORE,
    /** The request is done, and the answer is a server error. */
    ERROR_AFTER,
    /** The request is done, and Slack says that it doesn't know: {@code fatal_error}. */
    FATAL_ERROR,
    /** The request is held until {@link SlackDouble#release}. */
    HELD
}
