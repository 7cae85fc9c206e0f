package cloud.enact.gate;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;

/** Knows calls of tool callbacks that come from outside; a type of its own, because MCP need not be there.
 * Thread-safe. */
@FunctionalInterface
public interface ServedCallFinder {

    /** The call that came with this context, or {@code null} for a call of the application's own. */
    @Nullable
    ServedCall find(ToolContext context);
}
