package cloud.enact.hook.claudecode;

import cloud.enact.action.StrictJson;
import cloud.enact.hook.AgentCall;
import cloud.enact.hook.AgentEvent;
import cloud.enact.hook.AgentTool;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Claude Code sends: leniently where it adds something, strictly where a policy could read something else
 * than a tool. Thread-safe.
 */
final class ClaudeCodeReader {

    /** Largest body, in bytes. */
    static final int LARGEST = 10 * 1024 * 1024;

    private static final int DEEPEST = 64;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final StrictJson json = new StrictJson(LARGEST, DEEPEST);

    private final int longestText;

    /**
     * Creates a reader.
     *
     * @param longestText how many characters one text of an input may have
     */
    ClaudeCodeReader(int longestText) {
        this.longestText = longestText;
    }

    /**
     * Reads a body.
     *
     * @throws UnreadableRequestException when it can't be meant
     */
    HookRequest read(byte[] body) {
        Map<?, ?> request = object(body);
        HookEvent event = event(request);
        String session = null;
        try {
            session = Members.name(request, "session_id");
            return read(event, request, session);
        } catch (IllegalArgumentException ex) {
            throw new UnreadableRequestException(
                    event,
                    session,
                    "The request of the hook " + ex.getMessage()
                            + ", so nobody can judge it. Make the call in its plain form.");
        }
    }

    /** The event of a body, as far as it can be read at all. */
    HookEvent eventOf(byte[] body) {
        try {
            return event(object(body));
        } catch (UnreadableRequestException ex) {
            return ex.event();
        }
    }

    private Map<?, ?> object(byte[] body) {
        Object value;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            value = this.json.read(marked ? text.substring(1) : text);
        } catch (CharacterCodingException ex) {
            throw unreadable("is no text in UTF-8");
        } catch (IllegalArgumentException | StackOverflowError ex) {
            throw unreadable("is not one JSON object with names that don't repeat");
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw unreadable("is no JSON object");
        }
        return object;
    }

    private static HookEvent event(Map<?, ?> request) {
        if (!(request.get("hook_event_name") instanceof String name)) {
            throw unreadable("names no event");
        }
        if (HookEvent.isMisspelled(name)) {
            throw unreadable("names its event in another way than the event of that name");
        }
        HookEvent event = HookEvent.of(name);
        return (event != null) ? event : HookEvent.unknown();
    }

    private static UnreadableRequestException unreadable(String problem) {
        return new UnreadableRequestException(
                HookEvent.PRE_TOOL_USE,
                null,
                "The request of the hook " + problem + ", so nobody can judge it. Ask the operator to look at it.");
    }

    private HookRequest read(HookEvent event, Map<?, ?> request, String session) {
        AgentEvent meaning = event.meaning();
        String cwd = Members.optionalText(request, "cwd");
        if (cwd != null && (!ClaudeCodeTools.isAbsolute(cwd) || cwd.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("has a 'cwd' that is not absolute");
        }
        AgentTool tool = null;
        String action = null;
        Map<String, @Nullable Object> input = Map.of();
        Map<String, @Nullable Object> result = Map.of();
        if (meaning.isOfTool()) {
            if (cwd == null) {
                throw new IllegalArgumentException("has no 'cwd'");
            }
            input = input(request);
            tool = ClaudeCodeTools.read(Members.text(request, "tool_name"), input, cwd, request.get("mcp_server"));
            action = tool.action();
            result = result(request);
        } else if (meaning == AgentEvent.REQUEST) {
            action = ClaudeCode.SYSTEM + "." + ClaudeCodeTools.snake(event.name());
            input = wanted(event, request);
        } else if (event.name().equals("PostToolBatch") && !(request.get("tool_calls") instanceof List<?>)) {
            throw new IllegalArgumentException("has no list 'tool_calls'");
        }
        AgentCall call = new AgentCall(
                ClaudeCode.AGENT,
                meaning,
                event.name(),
                session,
                Members.optionalName(request, "tool_use_id"),
                Members.optionalName(request, "agent_id"),
                cwd,
                Members.optionalName(request, "permission_mode"),
                action,
                tool,
                input,
                result,
                meaning.isOfTool() ? original(request) : null);
        return new HookRequest(event, call, isSettled(event, request));
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> input(Map<?, ?> request) {
        if (!(request.get("tool_input") instanceof Map<?, ?> input)) {
            throw new IllegalArgumentException("has no object 'tool_input'");
        }
        Members.requireSound(input, this.longestText);
        return (Map<String, @Nullable Object>) input;
    }

    /** What of the outcome belongs on record: not the output, which may be anything. */
    private static Map<String, @Nullable Object> result(Map<?, ?> request) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (request.get("error") instanceof String error) {
            result.put("error", error);
        }
        if (request.get("duration_ms") instanceof Number duration) {
            result.put("duration_ms", duration.longValue());
        }
        if (Boolean.TRUE.equals(request.get("is_interrupt"))) {
            result.put("interrupted", true);
        }
        if (request.get("tool_response") instanceof Map<?, ?> response) {
            if (Boolean.TRUE.equals(response.get("userModified"))) {
                result.put("changed_by_user", true);
            }
            if (Boolean.TRUE.equals(response.get("staged"))) {
                result.put("held_back", true);
            }
            if (response.get("backgroundTaskId") instanceof String) {
                result.put("in_background", true);
            }
            if (Boolean.TRUE.equals(response.get("interrupted"))) {
                result.put("interrupted", true);
            }
        }
        return result;
    }

    /** What a tool for files says it found. */
    private static @Nullable String original(Map<?, ?> request) {
        if (request.get("tool_response") instanceof Map<?, ?> response) {
            Object found =
                    response.containsKey("originalFile") ? response.get("originalFile") : response.get("original_file");
            return (found instanceof String text) ? text : null;
        }
        return null;
    }

    /** What is asked for that is no call of a tool. */
    private Map<String, @Nullable Object> wanted(HookEvent event, Map<?, ?> request) {
        if (event.name().equals("UserPromptSubmit")) {
            Members.requireText(request, "prompt");
        }
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        request.forEach((name, value) -> {
            if (!isOfEveryRequest(String.valueOf(name))) {
                wanted.put(String.valueOf(name), value);
            }
        });
        Members.requireSound(wanted, this.longestText);
        return wanted;
    }

    private static boolean isOfEveryRequest(String name) {
        return switch (name) {
            case "session_id",
                    "transcript_path",
                    "cwd",
                    "hook_event_name",
                    "prompt_id",
                    "permission_mode",
                    "effort",
                    "agent_id",
                    "agent_type" -> true;
            default -> false;
        };
    }

    private static boolean isSettled(HookEvent event, Map<?, ?> request) {
        return event.name().equals("ConfigChange") && "policy_settings".equals(request.get("source"))
                || Boolean.TRUE.equals(request.get("stop_hook_active"));
    }
}
