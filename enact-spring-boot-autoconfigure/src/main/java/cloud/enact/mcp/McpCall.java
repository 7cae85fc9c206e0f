package cloud.enact.mcp;

import cloud.enact.action.Actor;
import cloud.enact.action.Sha256;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.gate.ServedCall;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool that this application serves over MCP.
 *
 * @param asking who asks, as the thread that took the request knew, or {@code null} when nobody looked
 * @param exchange the session it came in, or {@code null} for a stateless server
 * @param invitations brings callers to the page where people answer
 */
record McpCall(@Nullable Supplier<Actor> asking, @Nullable McpAsyncServerExchange exchange, Invitations invitations)
        implements ServedCall {

    @Override
    public @Nullable String conversation() {
        String session = (this.exchange != null) ? this.exchange.sessionId() : null;
        // whoever knows the id of a session can take it over, so it is not kept
        return (session != null) ? "mcp:" + Sha256.hex(session).substring(0, 32) : null;
    }

    @Override
    public boolean pending(ApprovalRequiredException asked) {
        return this.invitations.pending(asked, this.exchange);
    }
}
