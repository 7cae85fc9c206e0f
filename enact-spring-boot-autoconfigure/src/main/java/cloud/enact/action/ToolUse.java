package cloud.enact.action;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent outside this application says of itself when it asks through a hook. It stands beside who asks, as the
 * attribute {@code hook}, so that it is on record and policies see it; nothing may be allowed because of it.
 *
 * @param event what the agent calls what it tells of, such as {@code PreToolUse}
 * @param tool what the agent calls its tool, or {@code null} for what is no use of a tool
 * @param session its session, or {@code null}
 * @param callId its id of the call, or {@code null}
 * @param subagent the sub-agent that asks, or {@code null}
 * @param cwd the directory it works in, or {@code null}
 * @param permissionMode what it says of its own permissions, or {@code null}
 */
public record ToolUse(
        String event,
        @Nullable String tool,
        @Nullable String session,
        @Nullable String callId,
        @Nullable String subagent,
        @Nullable String cwd,
        @Nullable String permissionMode) {

    /** How the identity of who asks through a hook is established, and the name of the attribute. */
    public static final String HOOK = "hook";

    /** What is known of an actor; empty for one that does not ask through a hook. */
    public static Optional<ToolUse> of(Actor actor) {
        if (!actor.source().equals(HOOK) || !(actor.attributes().get(HOOK) instanceof Map<?, ?> told)) {
            return Optional.empty();
        }
        return of(told);
    }

    /** Reads what {@link #asMap()} wrote; empty for anything else. */
    public static Optional<ToolUse> of(Map<?, ?> told) {
        String event = text(told, "event");
        return (event == null)
                ? Optional.empty()
                : Optional.of(new ToolUse(
                        event,
                        text(told, "tool"),
                        text(told, "session_id"),
                        text(told, "call_id"),
                        text(told, "subagent"),
                        text(told, "cwd"),
                        text(told, "permission_mode")));
    }

    private static @Nullable String text(Map<?, ?> told, String name) {
        return (told.get(name) instanceof String text) ? text : null;
    }

    /** As the attribute has it: only what is known. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("event", this.event);
        told.put("tool", this.tool);
        told.put("session_id", this.session);
        told.put("call_id", this.callId);
        told.put("subagent", this.subagent);
        told.put("cwd", this.cwd);
        told.put("permission_mode", this.permissionMode);
        told.values().removeIf(value -> value == null);
        return told;
    }
}
