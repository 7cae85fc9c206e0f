package cloud.enact.mcp;

import cloud.enact.action.NamePart;

/** Names of actions that no server can choose freely: {@code mcp.<connection>.<tool>}. No two tools share one. */
final class McpToolName {

    private static final String PREFIX = "mcp.";

    /** Together with the prefix and two dots they are no longer than any name of an action may be. */
    private static final int LONGEST_CONNECTION = 48;

    private static final int LONGEST_TOOL = 74;

    private McpToolName() {}

    /** The name of a tool's action. */
    static String of(String connection, String tool) {
        // no dots in the connection: otherwise one connection could have tools that look like another one's
        return PREFIX
                + NamePart.of(connection, LONGEST_CONNECTION, false)
                + "."
                + NamePart.of(tool, LONGEST_TOOL, true);
    }
}
