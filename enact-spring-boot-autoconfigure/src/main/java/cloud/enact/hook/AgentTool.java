package cloud.enact.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool that a call is of, and what its input names.
 *
 * @param rawName what the agent calls it
 * @param canonicalName its name whatever it was called in other versions
 * @param kind what it does
 * @param action name of the action
 * @param mcpServer the MCP server it is of, or {@code null}
 * @param mcpTool what that server calls it, or {@code null}
 * @param command the command line, or {@code null}
 * @param paths files and directories, absolute
 * @param url the address, or {@code null}
 */
public record AgentTool(
        String rawName,
        String canonicalName,
        ToolKind kind,
        String action,
        @Nullable String mcpServer,
        @Nullable String mcpTool,
        @Nullable String command,
        List<String> paths,
        @Nullable String url) {

    public AgentTool {
        paths = List.copyOf(paths);
    }
}
