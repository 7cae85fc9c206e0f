package cloud.enact.connector.github;

/**
 * Whether a connector can do what it is allowed to do, and take it back.
 *
 * @param state whether it can
 * @param detail what is missing, or why nobody could tell; empty when it is ready
 */
public record GitHubReadiness(State state, String detail) {

    /** Whether it can. */
    public enum State {
        /** The token has the rights. */
        READY,
        /** GitHub did not answer; it is asked again before the first change. */
        UNREACHABLE,
        /** The token lacks a right, is not valid, or does not see a repository. */
        REFUSED
    }
}
