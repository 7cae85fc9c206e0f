package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Asks as Claude Code does. */
public final class HookClient {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    private final AtomicInteger calls = new AtomicInteger();

    private final URI address;

    private final String token;

    public HookClient(int port, String token) {
        this.address = URI.create("http://localhost:" + port + ClaudeCodeFilter.PATH);
        this.token = token;
    }

    /** The answer to a body of the installation, which has to be 200 and JSON. */
    public Map<String, Object> post(byte[] body) {
        return post(body, "Bearer " + this.token, "application/json", Map.of());
    }

    Map<String, Object> post(byte[] body, String authorization, String contentType, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(this.address)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        headers.forEach(request::header);
        return answer(request.build());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> answer(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = this.http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (Exception ex) {
            throw new AssertionError("No answer", ex);
        }
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return JSON.readValue(response.body(), Map.class);
    }

    URI address() {
        return this.address;
    }

    /** Asks before a tool is called. */
    public Map<String, Object> before(String session, String call, String tool, Map<String, ?> input) {
        return post(JSON.writeValueAsBytes(request("PreToolUse", session, call, tool, input)));
    }

    /** Asks before a command is run, each time in another call of one session. */
    Map<String, Object> beforeCommand(String directory, String command) {
        String call = "call-" + this.calls.incrementAndGet();
        Map<String, Object> request = request("PreToolUse", "s", call, "Bash", Map.of("command", command));
        request.put("cwd", directory);
        return post(JSON.writeValueAsBytes(request));
    }

    /** Tells that a tool did its work. */
    public Map<String, Object> after(String session, String call, String tool, Map<String, ?> input) {
        return post(JSON.writeValueAsBytes(request("PostToolUse", session, call, tool, input)));
    }

    static Map<String, Object> request(String event, String session, String call, String tool, Map<String, ?> input) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("session_id", session);
        request.put("cwd", "/home/ana/web");
        request.put("permission_mode", "default");
        request.put("hook_event_name", event);
        request.put("tool_name", tool);
        request.put("tool_input", input);
        if (call != null) {
            request.put("tool_use_id", call);
        }
        return request;
    }

    /** What a decision before a tool says; {@code none} for no opinion. */
    public static String decision(Map<String, Object> answer) {
        return answer.get("hookSpecificOutput") instanceof Map<?, ?> output
                ? String.valueOf(output.get("permissionDecision"))
                : "none";
    }

    /** Why. */
    public static String reason(Map<String, Object> answer) {
        return answer.get("hookSpecificOutput") instanceof Map<?, ?> output
                ? String.valueOf(output.get("permissionDecisionReason"))
                : "";
    }
}
