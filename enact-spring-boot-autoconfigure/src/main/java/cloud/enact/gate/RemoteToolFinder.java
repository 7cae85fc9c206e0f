package cloud.enact.gate;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/** Knows the tools of remote servers among tool callbacks; a type of its own, because MCP need not be there.
 * Thread-safe. */
@FunctionalInterface
public interface RemoteToolFinder {

    /** The remote tool behind a callback that nothing decorates, or {@code null} for any other callback. */
    @Nullable
    RemoteTool find(ToolCallback callback);
}
