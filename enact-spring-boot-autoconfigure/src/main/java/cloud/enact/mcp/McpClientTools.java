package cloud.enact.mcp;

import cloud.enact.gate.HiddenField;
import cloud.enact.gate.RemoteTool;
import cloud.enact.gate.RemoteToolFinder;
import cloud.enact.policy.EnactMode;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;

/**
 * Finds the tools of MCP clients. They are named after the connection the application configured, as Spring AI notes it
 * in what a client says of itself; what a server says of itself is not believed. Thread-safe.
 */
final class McpClientTools implements RemoteToolFinder {

    private final McpConnections connections;

    private final McpSettings settings;

    private final EnactMode mode;

    private final Supplier<ToolPins> pins;

    /** What is known of tools, as long as somebody holds on to them: providers keep theirs from turn to turn. */
    private final Map<ToolCallback, RemoteTool> known = Collections.synchronizedMap(new WeakHashMap<>());

    private final HiddenField syncClient = HiddenField.of(SyncMcpToolCallback.class, "mcpClient");

    private final HiddenField syncTool = HiddenField.of(SyncMcpToolCallback.class, "tool");

    private final HiddenField asyncClient = HiddenField.of(AsyncMcpToolCallback.class, "mcpClient");

    private final HiddenField asyncTool = HiddenField.of(AsyncMcpToolCallback.class, "tool");

    McpClientTools(McpConnections connections, McpSettings settings, EnactMode mode, Supplier<ToolPins> pins) {
        this.connections = connections;
        this.settings = settings;
        this.mode = mode;
        this.pins = pins;
    }

    @Override
    public @Nullable RemoteTool find(ToolCallback callback) {
        if (!(callback instanceof SyncMcpToolCallback) && !(callback instanceof AsyncMcpToolCallback)) {
            return null;
        }
        return this.known.computeIfAbsent(callback, this::look);
    }

    private RemoteTool look(ToolCallback callback) {
        if (callback instanceof SyncMcpToolCallback) {
            return tool(this.connections.name(this.syncClient.in(callback)), this.syncTool.in(callback));
        }
        return tool(this.connections.name(this.asyncClient.in(callback)), this.asyncTool.in(callback));
    }

    private RemoteTool tool(String connection, @Nullable Object definition) {
        if (!(definition instanceof McpSchema.Tool tool)) {
            throw new IllegalStateException("A tool of an MCP client has no definition");
        }
        return new McpClientTool(
                McpToolName.of(connection, tool.name()), tool, this.pins, this.settings.onDestructive(), this.mode);
    }
}
