package cloud.enact.hook.claudecode;

import cloud.enact.hook.AgentEvent;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of Claude Code.
 *
 * @param name its name, exactly
 * @param meaning what it tells of
 * @param form how it can be answered
 * @param takesContext whether the model can be told something
 */
record HookEvent(String name, AgentEvent meaning, Form form, boolean takesContext) {

    /** Before a tool is called; assumed where nobody can tell, because it is the one that must not be let through. */
    static final HookEvent PRE_TOOL_USE = new HookEvent("PreToolUse", AgentEvent.BEFORE_TOOL, Form.DECISION, false);

    private static final Map<String, HookEvent> KNOWN = known();

    /** How an event can be answered. */
    enum Form {
        /** {@code permissionDecision}. */
        DECISION,
        /** {@code decision.behavior}. */
        PERMISSION,
        /** {@code decision: block} beside a reason. */
        BLOCK,
        /** {@code action: decline}. */
        DECLINE,
        /** {@code retry}. */
        RETRY,
        /** Nothing that is answered changes anything. */
        NOTHING
    }

    /** The event of a name, {@code null} for one that nobody knows. */
    static @Nullable HookEvent of(String name) {
        return KNOWN.get(name);
    }

    /** Whether a name is that of a known event but for its case, and what is no letter. */
    static boolean isMisspelled(String name) {
        if (KNOWN.containsKey(name)) {
            return false;
        }
        StringBuilder letters = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetter)
                .forEach(letters::appendCodePoint);
        return KNOWN.keySet().stream().anyMatch(letters.toString()::equalsIgnoreCase);
    }

    /** An event that nobody knows: its name is not repeated. */
    static HookEvent unknown() {
        return new HookEvent("", AgentEvent.NOTICE, Form.NOTHING, false);
    }

    private static Map<String, HookEvent> known() {
        Map<String, HookEvent> events = new HashMap<>();
        events.put(PRE_TOOL_USE.name(), PRE_TOOL_USE);
        add(events, Form.PERMISSION, AgentEvent.PERMISSION, "PermissionRequest");
        add(events, Form.RETRY, AgentEvent.TOOL_REFUSED, "PermissionDenied");
        add(events, Form.BLOCK, AgentEvent.TOOL_SUCCEEDED, "PostToolUse");
        add(events, Form.NOTHING, AgentEvent.TOOL_FAILED, "PostToolUseFailure");
        add(events, Form.BLOCK, AgentEvent.NOTICE, "PostToolBatch", "PreCompact");
        add(events, Form.BLOCK, AgentEvent.REQUEST, "UserPromptSubmit", "UserPromptExpansion", "ConfigChange");
        add(events, Form.DECLINE, AgentEvent.REQUEST, "Elicitation", "ElicitationResult");
        add(events, Form.BLOCK, AgentEvent.TURN_ENDED, "Stop");
        add(events, Form.NOTHING, AgentEvent.TURN_ENDED, "StopFailure");
        add(events, Form.BLOCK, AgentEvent.SUBAGENT_ENDED, "SubagentStop");
        add(events, Form.NOTHING, AgentEvent.SESSION_ENDED, "SessionEnd");
        for (String name : ("SessionStart Setup SubagentStart PostCompact PreModelSwitch PostModelSwitch Notification"
                        + " MessageDisplay TeammateIdle TaskCreated TaskCompleted WorktreeCreate WorktreeRemove"
                        + " InstructionsLoaded CwdChanged FileChanged DirectoryAdded")
                .split(" ")) {
            add(events, Form.NOTHING, AgentEvent.NOTICE, name);
        }
        return Map.copyOf(events);
    }

    private static void add(Map<String, HookEvent> events, Form form, AgentEvent meaning, String... names) {
        for (String name : names) {
            boolean context = switch (name) {
                case "PostToolUse",
                        "PostToolUseFailure",
                        "PostToolBatch",
                        "UserPromptSubmit",
                        "UserPromptExpansion",
                        "SessionStart",
                        "SubagentStart",
                        "Setup" -> true;
                default -> false;
            };
            events.put(name, new HookEvent(name, meaning, form, context));
        }
    }
}
