package cloud.enact.mcp;

import cloud.enact.action.Sha256;
import java.util.regex.Pattern;

/**
 * Names of actions that no server can choose freely: {@code mcp.<connection>.<tool>}. A part that has to be changed, for
 * it is too long or has unusual characters, ends in a digest of what it was, so that no two tools share a name.
 */
final class McpToolName {

    private static final String PREFIX = "mcp.";

    /** Together with the prefix and two dots they are no longer than any name of an action may be. */
    private static final int LONGEST_CONNECTION = 48;

    private static final int LONGEST_TOOL = 74;

    private static final int DIGITS = 16;

    /** What ends like that could pass for a part that was changed. */
    private static final Pattern DIGESTED = Pattern.compile(".*-x[0-9a-f]{16}", Pattern.DOTALL);

    private McpToolName() {}

    /** The name of a tool's action. */
    static String of(String connection, String tool) {
        // no dots in the connection: otherwise one connection could have tools that look like another one's
        return PREFIX + part(connection, LONGEST_CONNECTION, false) + "." + part(tool, LONGEST_TOOL, true);
    }

    private static String part(String name, int longest, boolean dots) {
        StringBuilder clean = new StringBuilder(Math.min(name.length(), longest));
        for (int i = 0; i < name.length() && clean.length() < longest; i++) {
            char c = name.charAt(i);
            boolean usual =
                    c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || (c == '.' && dots && i > 0));
            clean.append(usual ? c : '_');
        }
        if (!name.isEmpty()
                && name.contentEquals(clean)
                && !DIGESTED.matcher(name).matches()) {
            return name;
        }
        String digest = "-x" + Sha256.hex(name).substring(0, DIGITS);
        return clean.substring(0, Math.min(clean.length(), longest - digest.length())) + digest;
    }
}
