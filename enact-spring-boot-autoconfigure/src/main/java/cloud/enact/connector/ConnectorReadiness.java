package cloud.enact.connector;

/**
 * Whether a connector can do what it is allowed to do, and take it back.
 *
 * @param state the answer
 * @param detail why, in sentences without secrets; empty when there is nothing to say
 */
public record ConnectorReadiness(State state, String detail) {

    /** The answer. */
    public enum State {
        /** It can. */
        READY,
        /** Nobody can tell, because the system did not answer; it is asked again before the first change. */
        UNREACHABLE,
        /** It can't: the credentials are not valid, lack a right, or don't see something that is configured. */
        REFUSED
    }
}
