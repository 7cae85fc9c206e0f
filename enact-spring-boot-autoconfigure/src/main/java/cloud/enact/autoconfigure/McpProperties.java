package cloud.enact.autoconfigure;

import cloud.enact.mcp.McpSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tools that come and go over MCP.
 *
 * @param onChange What becomes of a tool whose server defines it in another way than when it was first seen: told, and trusted from now on (alert), or told, and hidden and blocked (block).
 * @param accept Digests of changed definitions that somebody has read and accepts, as the log tells them.
 * @param onDestructive What becomes of calls of tools that their own server calls destructive, where policies let them pass.
 * @param maxWait How long a caller of a tool that this application serves is kept waiting while people are asked, at most 2m. Shorter than the time-out of MCP clients.
 * @param approvalPage Address of the page where people answer, with {ticket} in it. MCP clients that open pages are shown it.
 */
record McpProperties(
        @DefaultValue("alert") McpSettings.OnChange onChange,
        @DefaultValue Set<String> accept,
        @DefaultValue("pass") OnDestructive onDestructive,
        @DefaultValue("10s") Duration maxWait,
        @Nullable String approvalPage) {

    /** What becomes of calls of tools that their own server calls destructive. */
    enum OnDestructive {
        /** What the policies say. */
        PASS,
        /** A person is asked. */
        ASK,
        /** They are blocked. */
        BLOCK
    }
}
