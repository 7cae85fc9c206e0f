package cloud.enact.mcp;

import cloud.enact.gate.RemoteTool;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** A tool of an MCP server that a client of this application is connected to. */
final class McpClientTool implements RemoteTool {

    static final String DEFINITION = "enact.mcp.definition";

    static final String DESTRUCTIVE = "enact.mcp.destructive";

    private static final String CHANGED =
            "The server of this tool defines it in another way than before, and nobody has accepted that. Use another"
                    + " tool, or ask the operator to read the new definition and to add its digest to enact.mcp.accept.";

    private static final String ERROR_RESULT = "Error calling tool: ";

    private static final int MOST_CAUSES = 32;

    private static final Log logger = LogFactory.getLog(McpClientTool.class);

    private final String action;

    private final McpSchema.Tool tool;

    private final Supplier<ToolPins> pins;

    private final Effect onDestructive;

    private final EnactMode mode;

    /** A definition does not change once it is here; looked at again while it is not trusted. */
    private volatile boolean trusted;

    McpClientTool(String action, McpSchema.Tool tool, Supplier<ToolPins> pins, Effect onDestructive, EnactMode mode) {
        this.action = action;
        this.tool = tool;
        this.pins = pins;
        this.onDestructive = onDestructive;
        this.mode = mode;
    }

    @Override
    public String action() {
        return this.action;
    }

    @Override
    public List<Verdict> objections() {
        List<Verdict> objections = new ArrayList<>(1);
        String distrust = distrust();
        if (distrust != null) {
            objections.add(Verdict.block(DEFINITION, distrust));
        }
        McpSchema.ToolAnnotations hints = this.tool.annotations();
        // a hint that a tool is harmless counts for nothing: it comes from the one who is judged
        if (hints != null && Boolean.TRUE.equals(hints.destructiveHint()) && this.onDestructive != Effect.PASS) {
            objections.add(new Verdict(
                    DESTRUCTIVE,
                    this.onDestructive,
                    "The server of this tool says itself that it may destroy something.",
                    null));
        }
        return objections;
    }

    @Override
    public boolean isHidden() {
        return this.mode == EnactMode.ENFORCE && distrust() != null;
    }

    @Override
    public boolean saidSo(Throwable failure) {
        Throwable cause = failure.getCause();
        // how Spring AI tells of a result that is an error
        if (cause != null
                && cause.getClass() == IllegalStateException.class
                && cause.getCause() == null
                && String.valueOf(cause.getMessage()).startsWith(ERROR_RESULT)) {
            return true;
        }
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof McpError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Why the definition is not trusted, or {@code null} when it is. */
    private @Nullable String distrust() {
        if (this.trusted) {
            // what a server has changed since is changed for those as well who hold the tool as it was
            return this.pins.get().isAstray(this.action) ? CHANGED : null;
        }
        try {
            String digest = ToolDigest.of(this.tool);
            if (digest == null) {
                return "The server defines this tool in a way that nests too deeply to be looked at. Use another tool,"
                        + " or tell the operator.";
            }
            ToolPins.Trust trust = this.pins.get().look(this.action, digest);
            this.trusted = trust == ToolPins.Trust.TRUSTED;
            return switch (trust) {
                case TRUSTED -> null;
                case CHANGED -> CHANGED;
                case UNKNOWN ->
                    "The server offers more tools than can be remembered, so this one can't be told from"
                            + " another one of its name. Use another tool, or tell the operator.";
            };
        } catch (RuntimeException ex) {
            logger.error("Whether the definition of tool '" + this.action + "' changed could not be found out", ex);
            return "Whether this tool is still what it was could not be found out. Ask the operator to look at the"
                    + " receipt store.";
        }
    }
}
