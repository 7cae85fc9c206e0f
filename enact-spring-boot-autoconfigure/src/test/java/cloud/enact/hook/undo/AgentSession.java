package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.hook.claudecode.HookClient;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A session of an agent that does what it says. */
public final class AgentSession {

    private static final JsonMapper JSON = new JsonMapper();

    private final HookClient client;

    private final Path cwd;

    private final String session;

    private int calls;

    private String reason = "";

    public AgentSession(int port, Path cwd) {
        this(port, cwd, UUID.randomUUID().toString());
    }

    private AgentSession(int port, Path cwd, String session) {
        this.client = new HookClient(port, HookApplication.TOKEN);
        this.cwd = cwd;
        this.session = session;
    }

    /** The same session, which asks another guard from now on. */
    AgentSession at(int port) {
        return new AgentSession(port, this.cwd, this.session);
    }

    /** Asks, does it, and tells. */
    public void does(String tool, Map<String, ?> input, Work work) throws IOException {
        String call = "toolu_" + ++this.calls;
        assertThat(asks(call, tool, input)).as(this.reason).isEqualTo("none");
        work.run();
        tells(call, tool, input);
    }

    /** Asks, runs a command with bash, and tells. */
    public void runs(String command) throws IOException, InterruptedException {
        String call = "toolu_" + ++this.calls;
        Map<String, String> input = Map.of("command", command);
        assertThat(asks(call, "Bash", input)).as(this.reason).isEqualTo("none");
        Process bash = new ProcessBuilder("bash", "-c", command)
                .directory(this.cwd.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getInputStream().readAllBytes();
        if (bash.waitFor() == 0) {
            tells(call, "Bash", input);
        } else {
            failed(call, "Bash", input);
        }
    }

    public String asks(String call, String tool, Map<String, ?> input) {
        Map<String, Object> answer = post("PreToolUse", call, tool, input, Map.of());
        this.reason = HookClient.reason(answer);
        return HookClient.decision(answer);
    }

    /** Its id. */
    public String id() {
        return this.session;
    }

    /** Why the last call was answered as it was. */
    String reason() {
        return this.reason;
    }

    void tells(String call, String tool, Map<String, ?> input) {
        tells(call, tool, input, Map.of());
    }

    void tells(String call, String tool, Map<String, ?> input, Map<String, ?> response) {
        assertThat(post("PostToolUse", call, tool, input, Map.of("tool_response", response)))
                .isEmpty();
    }

    void refused(String call, String tool, Map<String, ?> input) {
        post("PermissionDenied", call, tool, input, Map.of("reason", "not in auto mode"));
    }

    void failed(String call, String tool, Map<String, ?> input) {
        assertThat(post("PostToolUseFailure", call, tool, input, Map.of("error", "it broke")))
                .isEmpty();
    }

    public void ends() {
        post("SessionEnd", null, null, null, Map.of("reason", "other"));
    }

    public RunId run(ReceiptStore store) {
        return receipts(store).get(0).runId();
    }

    /** What is on record, the newest first. */
    List<Receipt> receipts(ReceiptStore store) {
        return store.query(
                        ReceiptFilter.builder()
                                .workflow("claude-code " + this.session)
                                .build(),
                        null,
                        200)
                .receipts();
    }

    private Map<String, Object> post(
            String event, String call, String tool, Map<String, ?> input, Map<String, ?> more) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("session_id", this.session);
        request.put("cwd", this.cwd.toString());
        request.put("hook_event_name", event);
        if (tool != null) {
            request.put("tool_name", tool);
            request.put("tool_input", input);
            request.put("tool_use_id", call);
        }
        request.putAll(more);
        return this.client.post(JSON.writeValueAsBytes(request));
    }

    /** What an agent does. */
    @FunctionalInterface
    public interface Work {

        void run() throws IOException;
    }
}
