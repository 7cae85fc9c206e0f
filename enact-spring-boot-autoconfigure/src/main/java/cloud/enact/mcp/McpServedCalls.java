package cloud.enact.mcp;

import cloud.enact.action.Actor;
import cloud.enact.gate.HiddenField;
import cloud.enact.gate.ServedCall;
import cloud.enact.gate.ServedCallFinder;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpLoggableSession;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.McpToolUtils;

/**
 * Makes calls of what a server is handed: its session or, where there is none, what the transport tells. Who asks travels
 * along with that, because Spring AI runs the tools of asynchronous servers on other threads. Thread-safe.
 */
final class McpServedCalls implements ServedCallFinder {

    private final HiddenField asyncExchange = HiddenField.of(McpSyncServerExchange.class, "exchange");

    private final HiddenField session = HiddenField.of(McpAsyncServerExchange.class, "session");

    private final HiddenField validator = HiddenField.of(McpAsyncServerExchange.class, "jsonSchemaValidator");

    private final Invitations invitations;

    McpServedCalls(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public @Nullable ServedCall find(ToolContext context) {
        Object exchange = context.getContext().get(McpToolUtils.TOOL_CONTEXT_MCP_EXCHANGE_KEY);
        if (exchange instanceof McpSyncServerExchange session) {
            return of(session, carried(session.transportContext()));
        }
        if (exchange instanceof McpTransportContext transport) {
            return of(carried(transport));
        }
        return null;
    }

    McpCall of(McpSyncServerExchange exchange, @Nullable Supplier<Actor> asking) {
        Object session = this.asyncExchange.in(exchange);
        return new McpCall(asking, (session instanceof McpAsyncServerExchange known) ? known : null, this.invitations);
    }

    McpCall of(McpAsyncServerExchange exchange, Supplier<Actor> asking) {
        return new McpCall(asking, exchange, this.invitations);
    }

    /** A call to a server without sessions. */
    McpCall of(@Nullable Supplier<Actor> asking) {
        return new McpCall(asking, null, this.invitations);
    }

    /** The same session with who asks. */
    McpAsyncServerExchange with(McpAsyncServerExchange exchange, Supplier<Actor> asking) {
        return new McpAsyncServerExchange(
                exchange.sessionId(),
                (McpLoggableSession) this.session.in(exchange),
                exchange.getClientCapabilities(),
                exchange.getClientInfo(),
                with(exchange.transportContext(), asking),
                (JsonSchemaValidator) this.validator.in(exchange));
    }

    /** The same transport context with who asks. */
    McpTransportContext with(McpTransportContext transport, Supplier<Actor> asking) {
        return new Carrying(transport, asking);
    }

    /** Who asks, if that came along. */
    static @Nullable Supplier<Actor> carried(@Nullable McpTransportContext transport) {
        return (transport instanceof Carrying carrying) ? carrying.asking() : null;
    }

    /** What the transport tells, and who asks, which only we can read. */
    private record Carrying(McpTransportContext transport, Supplier<Actor> asking) implements McpTransportContext {

        @Override
        public @Nullable Object get(String key) {
            return this.transport.get(key);
        }
    }
}
