package cloud.enact.gate;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.ReflectionUtils;

/**
 * Names the tools of MCP clients {@code mcp.<connection>.<tool>}. The connection is the one the application configured:
 * Spring AI puts it behind a dash in the client's own name. What the server calls itself is not looked at, and what it
 * calls its tools can't leave the {@code mcp.<connection>.} prefix.
 */
final class McpClientTools implements ToolNames.McpToolName {

    private static final String SEPARATOR = " - ";

    @Override
    public @Nullable String of(ToolCallback callback) {
        if (callback instanceof SyncMcpToolCallback tool) {
            return name(tool, tool.getOriginalToolName());
        }
        if (callback instanceof AsyncMcpToolCallback tool) {
            return name(tool, tool.getOriginalToolName());
        }
        return null;
    }

    private static String name(ToolCallback callback, String tool) {
        return "mcp." + connection(callback) + "." + ToolNames.clean(tool).replace('.', '_');
    }

    private static String connection(ToolCallback callback) {
        Field field = ReflectionUtils.findField(callback.getClass(), "mcpClient");
        if (field == null) {
            return "unknown";
        }
        ReflectionUtils.makeAccessible(field);
        String client = clientName(ReflectionUtils.getField(field, callback));
        int separator = client.lastIndexOf(SEPARATOR);
        String connection = (separator >= 0) ? client.substring(separator + SEPARATOR.length()) : client;
        return ToolNames.clean(connection).replace('.', '_');
    }

    /** By reflection, so that this room needs no type of the MCP SDK. */
    private static String clientName(@Nullable Object client) {
        Object info = invoke(client, "getClientInfo");
        Object name = invoke(info, "name");
        return (name != null) ? name.toString() : "unknown";
    }

    private static @Nullable Object invoke(@Nullable Object target, String name) {
        Method method = (target != null) ? ReflectionUtils.findMethod(target.getClass(), name) : null;
        if (method == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(method);
        return ReflectionUtils.invokeMethod(method, target);
    }
}
