package cloud.enact.hook.claudecode;

import cloud.enact.action.ShortText;
import cloud.enact.hook.AgentAnswer;
import cloud.enact.hook.AgentTool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Claude Code takes them. It ignores a whole answer whose {@code hookEventName} is missing or another
 * event's, and runs the tool then; what an event has no words for is none, and before a tool a denial.
 */
final class ClaudeCodeAnswers {

    private static final int LONGEST = 9000;

    private ClaudeCodeAnswers() {}

    /** The answer to an event that may be about a tool. */
    static Map<String, @Nullable Object> of(HookEvent event, AgentAnswer answer, @Nullable AgentTool tool) {
        if (answer.kind() == AgentAnswer.Kind.NONE) {
            return Map.of();
        }
        if (answer.kind() == AgentAnswer.Kind.CONTEXT) {
            return event.takesContext() ? specific(event, "additionalContext", text(answer)) : Map.of();
        }
        return switch (event.form()) {
            case DECISION -> decision(event, answer, tool);
            case PERMISSION -> permission(event, answer, tool);
            case BLOCK -> blocked(event, answer);
            case DECLINE -> (answer.kind() == AgentAnswer.Kind.DENY) ? specific(event, "action", "decline") : Map.of();
            case RETRY -> (answer.kind() == AgentAnswer.Kind.RETRY) ? specific(event, "retry", true) : Map.of();
            case NOTHING -> Map.of();
        };
    }

    private static Map<String, @Nullable Object> decision(
            HookEvent event, AgentAnswer answer, @Nullable AgentTool tool) {
        boolean asksItself = tool != null && ClaudeCodeTools.asksItself(tool);
        return switch (answer.kind()) {
            case ALLOW -> asksItself ? Map.of() : decided(event, "allow", null);
            case ASK -> decided(event, asksItself ? "deny" : "ask", text(answer));
            case DEFER -> decided(event, "defer", null);
            case REWRITE -> {
                Map<String, @Nullable Object> rewritten = decided(event, "allow", null);
                add(rewritten, "updatedInput", answer.value());
                yield rewritten;
            }
            case STOP -> {
                Map<String, @Nullable Object> stopped = new LinkedHashMap<>();
                stopped.put("continue", false);
                stopped.put("stopReason", text(answer));
                stopped.putAll(decided(event, "deny", text(answer)));
                yield stopped;
            }
            default -> decided(event, "deny", text(answer));
        };
    }

    private static Map<String, @Nullable Object> decided(HookEvent event, String decision, @Nullable String reason) {
        Map<String, @Nullable Object> decided = specific(event, "permissionDecision", decision);
        if (reason != null) {
            add(decided, "permissionDecisionReason", reason);
        }
        return decided;
    }

    private static Map<String, @Nullable Object> permission(
            HookEvent event, AgentAnswer answer, @Nullable AgentTool tool) {
        Map<String, @Nullable Object> decision = new LinkedHashMap<>();
        switch (answer.kind()) {
            case ALLOW -> {
                if (tool != null && ClaudeCodeTools.asksItself(tool)) {
                    return Map.of();
                }
                decision.put("behavior", "allow");
            }
            case DENY, STOP -> {
                decision.put("behavior", "deny");
                decision.put("message", text(answer));
                decision.put("interrupt", false);
            }
            default -> {
                return Map.of();
            }
        }
        return specific(event, "decision", decision);
    }

    private static Map<String, @Nullable Object> blocked(HookEvent event, AgentAnswer answer) {
        if (answer.kind() == AgentAnswer.Kind.REDACT && event.name().equals("PostToolUse")) {
            return specific(event, "updatedToolOutput", answer.value());
        }
        if (answer.kind() != AgentAnswer.Kind.DENY) {
            return Map.of();
        }
        Map<String, @Nullable Object> blocked = new LinkedHashMap<>();
        blocked.put("decision", "block");
        blocked.put("reason", text(answer));
        return blocked;
    }

    private static Map<String, @Nullable Object> specific(HookEvent event, String name, @Nullable Object value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("hookEventName", event.name());
        members.put(name, value);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("hookSpecificOutput", members);
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, @Nullable Object> answer, String name, @Nullable Object value) {
        Object specific = Objects.requireNonNull(answer.get("hookSpecificOutput"));
        ((Map<String, @Nullable Object>) specific).put(name, value);
    }

    /** Claude Code cuts texts at 10,000 characters. */
    private static String text(AgentAnswer answer) {
        String reason = answer.reason().isBlank() ? "The guard does not let this happen." : answer.reason();
        return ShortText.of(reason, LONGEST);
    }
}
