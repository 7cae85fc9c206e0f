package cloud.enact.connector.slack;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the connector can do. */
enum SlackOperation implements ConnectorOperation {
    GET_MESSAGE(Reversibility.READ_ONLY, List.of(Scopes.HISTORY), "channel", "ts"),
    POST_MESSAGE(
            Reversibility.COMPENSATABLE,
            List.of(Scopes.WRITE, Scopes.HISTORY),
            "channel",
            "text",
            "thread_ts",
            "client_msg_id"),
    UPDATE_MESSAGE(Reversibility.COMPENSATABLE, List.of(Scopes.WRITE, Scopes.HISTORY), "channel", "ts", "text"),
    DELETE_MESSAGE(Reversibility.IRREVERSIBLE, List.of(Scopes.WRITE, Scopes.HISTORY), "channel", "ts"),
    ADD_REACTION(Reversibility.COMPENSATABLE, List.of(Scopes.REACT, Scopes.REACTIONS), "channel", "ts", "name");

    private final Reversibility reversibility;

    private final List<Set<String>> scopes;

    private final Set<String> arguments;

    SlackOperation(Reversibility reversibility, List<Set<String>> scopes, String... arguments) {
        this.reversibility = reversibility;
        this.scopes = scopes;
        this.arguments = Set.of(arguments);
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reversibility reversibility() {
        return this.reversibility;
    }

    @Override
    public Set<String> arguments() {
        return this.arguments;
    }

    /** What it and its undo need: of each set one scope at least. */
    List<Set<String>> scopes() {
        return this.scopes;
    }

    /** Sets of scopes any of which will do. */
    private static final class Scopes {

        static final Set<String> WRITE = Set.of("chat:write");

        static final Set<String> REACT = Set.of("reactions:write");

        static final Set<String> REACTIONS = Set.of("reactions:read");

        static final Set<String> HISTORY = SlackAccess.anyKind("history");

        private Scopes() {}
    }
}
