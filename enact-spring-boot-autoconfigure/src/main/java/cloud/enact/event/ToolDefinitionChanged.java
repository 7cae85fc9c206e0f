package cloud.enact.event;

import java.time.Instant;

/**
 * A remote server defines a tool in another way than before, and the receipt of that is durable. The new description is
 * text that a model would obey: somebody should read it.
 *
 * @param tool name of the tool's action, such as {@code mcp.github.create_issue}
 * @param before digest of the definition that was trusted so far, {@code sha256:} and 64 hexadecimal digits
 * @param now digest of the new definition, in the same form
 * @param trusted whether the new definition is trusted from now on; otherwise the tool is blocked
 * @param log log of the receipt
 * @param seq place of the receipt
 * @param timestamp when it was noticed
 */
public record ToolDefinitionChanged(
        String tool, String before, String now, boolean trusted, String log, long seq, Instant timestamp) {}
