package cloud.enact.gate;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.ReflectionUtils;

/**
 * Names the tools of MCP clients {@code mcp.<connection>.<tool>}. The connection is the one the application configured,
 * as Spring AI notes it in what a client says of itself; what a server says of itself is not believed.
 */
final class McpClientTools implements ToolNames.McpToolName {

    private static final String PREFIX = "mcp.";

    private static final String UNKNOWN = "unknown";

    private final String clientName;

    private final Field syncClient = ToolNames.field(SyncMcpToolCallback.class, "mcpClient");

    private final Field asyncClient = ToolNames.field(AsyncMcpToolCallback.class, "mcpClient");

    /** Creates it with the name all MCP clients of the application have, before a connection's name is added. */
    McpClientTools(String clientName) {
        this.clientName = clientName;
    }

    @Override
    public @Nullable String of(ToolCallback callback) {
        if (callback instanceof SyncMcpToolCallback sync) {
            Object client = value(this.syncClient, sync);
            return name(
                    (client instanceof McpSyncClient known) ? known.getClientInfo() : null, sync.getOriginalToolName());
        }
        if (callback instanceof AsyncMcpToolCallback async) {
            Object client = value(this.asyncClient, async);
            return name(
                    (client instanceof McpAsyncClient known) ? known.getClientInfo() : null,
                    async.getOriginalToolName());
        }
        return null;
    }

    private static @Nullable Object value(Field field, ToolCallback callback) {
        return ReflectionUtils.getField(field, callback);
    }

    private String name(McpSchema.@Nullable Implementation client, String tool) {
        // no dots in the connection: otherwise one connection could have tools that look like another one's
        return PREFIX + ToolNames.clean(connection(client)).replace('.', '_') + "." + ToolNames.clean(tool);
    }

    private String connection(McpSchema.@Nullable Implementation client) {
        if (client == null) {
            return UNKNOWN;
        }
        if (client.title() != null && !client.title().isBlank()) {
            return client.title();
        }
        String prefix = this.clientName + " - ";
        return client.name().startsWith(prefix) ? client.name().substring(prefix.length()) : client.name();
    }
}
