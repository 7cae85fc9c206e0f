package cloud.enact.mcp;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.policy.Effect;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How tools that come and go over MCP are governed.
 *
 * @param clientName name all MCP clients of the application have, before a connection's name is added
 * @param onChange what becomes of a tool whose server defines it in another way than before
 * @param accepted digests of definitions that somebody looked at and accepts
 * @param onDestructive what becomes of calls of tools that their own server calls destructive
 * @param maxWait how long a caller of a served tool is kept waiting while people are asked
 * @param approvalPage address of the page where people answer, with {@code {ticket}} in it, or {@code null}
 */
public record McpSettings(
        String clientName,
        OnChange onChange,
        Set<String> accepted,
        Effect onDestructive,
        Duration maxWait,
        @Nullable String approvalPage) {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final String TICKET = "{ticket}";

    /** What becomes of a tool whose definition changed. */
    public enum OnChange {
        /** Its new definition is trusted from now on, and the change is told. */
        ALERT,
        /** Its new definition is neither shown nor called until somebody accepts it, and the change is told. */
        BLOCK
    }

    public McpSettings {
        accepted = Set.copyOf(accepted);
        for (String digest : accepted) {
            if (!DIGEST.matcher(digest).matches()) {
                throw new EnactStartupException(
                        "enact.mcp.accept has an entry that is no digest of a tool's definition.",
                        "Copy it from the log line that told of the change: sha256: and 64 hexadecimal digits.");
            }
        }
        if (maxWait.isNegative() || maxWait.isZero() || maxWait.compareTo(LONGEST_WAIT) > 0) {
            throw new EnactStartupException(
                    "enact.mcp.max-wait is " + maxWait + ", which is not between zero and " + LONGEST_WAIT + ".",
                    "Set it below the time-out of the MCP clients that call, such as 10s.");
        }
        if (approvalPage != null && !isPage(approvalPage)) {
            throw new EnactStartupException(
                    "enact.mcp.approval-page is no address of http or https with a host.",
                    "Set it to the page where people answer, such as"
                            + " https://agents.example.org/enact/approvals#request-{ticket}.");
        }
    }

    private static boolean isPage(String page) {
        try {
            URI address = URI.create(page.replace(TICKET, "ticket"));
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    /** The page where people answer a request, or {@code null} when nobody named one. */
    @Nullable
    String approvalPage(String ticket) {
        return (this.approvalPage != null) ? this.approvalPage.replace(TICKET, ticket) : null;
    }
}
