package cloud.enact.api;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides who may ask. A web page that somebody on this machine looks at must not ask in their place: neither under its
 * own name, which a browser gives away in {@code Origin}, nor under a name of its own that leads to this machine, which
 * stands in {@code Host}.
 */
final class Caller {

    private static final String REMEDY =
            " Ask on the machine itself, as in curl http://localhost:8080/…, or set enact.api.remote=true and see to who"
                    + " can reach it.";

    private final boolean remote;

    /** Lets in callers of this machine alone, or those of others, too. */
    Caller(boolean remote) {
        this.remote = remote;
    }

    /** Refuses who may not ask. */
    void requireAllowed(HttpServletRequest request) {
        Connection connection = ServletConnection.of(request);
        if (!this.remote) {
            requireThisMachine(connection);
        }
        if (connection.isOfForeignPage()) {
            throw ApiException.refused(403, "Foreign origin", "A page of another site does not get an answer.");
        }
    }

    private static void requireThisMachine(Connection connection) {
        if (!connection.isLocal()) {
            throw ApiException.refused(403, "Not from this machine", "Only this machine may ask." + REMEDY);
        }
        if (!connection.isUnderOwnName()) {
            throw ApiException.refused(
                    403, "Foreign host", "The address is none of this machine's own names." + REMEDY);
        }
    }
}
