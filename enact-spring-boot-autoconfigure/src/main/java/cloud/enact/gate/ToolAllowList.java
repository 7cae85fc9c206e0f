package cloud.enact.gate;

import cloud.enact.action.ActionPattern;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools may be called although nobody annotated them.
 *
 * @param allowAll whether all of them may
 * @param allow patterns over their action names
 */
public record ToolAllowList(boolean allowAll, List<ActionPattern> allow) {

    public ToolAllowList {
        allow = List.copyOf(allow);
    }

    /** Whether the tool may be called. */
    boolean allows(String action) {
        return this.allowAll || this.allow.stream().anyMatch(pattern -> pattern.matches(action));
    }

    /** The objection against a tool that may not be called, or {@code null}. */
    @Nullable
    Verdict objection(String action) {
        if (allows(action)) {
            return null;
        }
        return new Verdict(
                VerdictNames.TOOLS,
                Effect.BLOCK,
                "The tool is not governed and nobody allowed it. Use another tool, or ask the operator to add '"
                        + action + "' to enact.tools.allow.",
                null);
    }
}
