package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.policy.EnactMode;
import org.jspecify.annotations.Nullable;

/**
 * How the gate is set up.
 *
 * @param mode whether decisions stop calls
 * @param strict whether a tool that is offered to a model past the gate is refused rather than warned about
 * @param runPerCall whether each tool call is a run of its own; otherwise all calls of one ChatClient call are
 * @param tools which tools may be called without annotation
 * @param maxArgumentLength how many characters the arguments of a tool call may have
 * @param actor who asks when nobody else knows, or {@code null}
 * @param receipts name of the receipt store, for people
 */
public record GateSettings(
        EnactMode mode,
        boolean strict,
        boolean runPerCall,
        ToolAllowList tools,
        int maxArgumentLength,
        @Nullable Actor actor,
        String receipts) {

    public GateSettings {
        if (maxArgumentLength < 2) {
            throw new IllegalArgumentException("Arguments of a tool call need room for at least {}");
        }
    }
}
