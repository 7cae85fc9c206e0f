package cloud.enact.connector.slack;

/**
 * Whether a connector can do, and undo, what it is allowed to.
 *
 * @param state the answer
 * @param detail why, in a sentence without secrets
 */
public record SlackReadiness(State state, String detail) {

    /** The answer. */
    public enum State {
        /** It can. */
        READY,
        /** It can't: the token is not valid or lacks scopes. */
        REFUSED,
        /** Nobody can tell, because Slack did not answer. */
        UNREACHABLE
    }
}
