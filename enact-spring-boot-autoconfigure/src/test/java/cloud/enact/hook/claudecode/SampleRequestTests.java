package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.AgentAnswer;
import cloud.enact.hook.AgentCall;
import cloud.enact.hook.AgentDesk;
import cloud.enact.hook.AgentTool;
import cloud.enact.hook.Installation;
import cloud.enact.hook.UnreadableCall;
import cloud.enact.receipt.ConformanceData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Published sample requests: what is read out of each, and how each verdict on it is told. */
@SpringBootTest(
        classes = {HookApplication.class, SampleRequestTests.Verdicts.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-hook-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
        })
class SampleRequestTests {

    private static final JsonMapper JSON = HookClient.JSON;

    private final GivenVerdict verdict;

    private final HookClient client;

    SampleRequestTests(@Autowired GivenVerdict verdict, @LocalServerPort int port) {
        this.verdict = verdict;
        this.client = new HookClient(port, HookApplication.TOKEN);
    }

    @TestFactory
    Stream<DynamicTest> everyVerdictOnEverySampleIsToldAsDocumented() throws IOException {
        Path folder = ConformanceData.folder("claude-code");
        Map<String, Object> answers = object(Files.readString(folder.resolve("answers.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("cases.jsonl"))) {
            Map<String, Object> sample = object(line);
            byte[] body = Files.readAllBytes(folder.resolve(sample.get("file").toString()));
            for (Object verdict : (List<?>) sample.get("verdicts")) {
                tests.add(DynamicTest.dynamicTest(sample.get("file") + " " + verdict, () -> {
                    Map<?, ?> wanted = (Map<?, ?>) answers.get(sample.get("event"));
                    this.verdict.next.set(answer(verdict.toString()));
                    assertThat(this.client.post(body)).isEqualTo(filled(wanted.get(verdict)));
                    if (this.verdict.seen.get() != null) {
                        assertThat(canonical(this.verdict.seen.getAndSet(null)))
                                .containsAllEntriesOf((Map<String, Object>) sample.get("canonical"));
                    }
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(70);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> everyBrokenRequestIsAnsweredAsDocumented() throws IOException {
        Path folder = ConformanceData.folder("claude-code");
        Map<String, Object> answers = object(Files.readString(folder.resolve("answers.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("invalid.jsonl"))) {
            Map<String, Object> broken = object(line);
            tests.add(DynamicTest.dynamicTest(broken.get("id") + ": " + broken.get("why"), () -> {
                this.verdict.next.set(AgentAnswer.none());
                BrokenRequest request = BrokenRequest.of(broken, folder);
                Map<String, Object> answer = this.client.post(
                        request.body(), request.authorization(), request.contentType(), request.headers());
                Map<?, ?> want = (Map<?, ?>) broken.get("want");
                List<Object> accepted = new ArrayList<>();
                for (Object verdict : new Object[] {want.get("verdict"), want.get("strictVerdict")}) {
                    if (verdict != null) {
                        String event = verdict.equals("deny")
                                ? "PreToolUse"
                                : want.get("event").toString();
                        accepted.add(verdict.equals("none") ? Map.of() : ((Map<?, ?>) answers.get(event)).get(verdict));
                    }
                }
                assertThat(accepted).contains(withoutReason(answer));
            }));
        }
        return tests.stream();
    }

    @Test
    void aStrangerIsDeniedInTheFormOfTheEvent() {
        assertThat(stranger("PermissionRequest")).asString().contains("behavior=deny", "ENACT_HOOK_TOKEN");
        assertThat(stranger("PreToolUse")).asString().contains("hookEventName=PreToolUse", "permissionDecision=deny");
        assertThat(stranger("UserPromptSubmit")).containsEntry("decision", "block");
        assertThat(stranger("ConfigChange")).containsEntry("decision", "block");
        assertThat(stranger("Stop")).isEmpty();
        assertThat(stranger("PostToolUse")).isEmpty();
        assertThat(this.verdict.seen.getAndSet(null)).isNull();
    }

    @Test
    void anEventThatIsNearlyThatBeforeAToolIsDenied() {
        for (String event : List.of("pretooluse", " PreToolUse", "PreToolUse\n", "PreTool\u200BUse", "Pre_Tool_Use")) {
            byte[] body = JSON.writeValueAsBytes(HookClient.request(event, "s", "c", "Bash", Map.of("command", "ls")));

            assertThat(HookClient.decision(this.client.post(body))).as(event).isEqualTo("deny");
        }
    }

    private Map<String, Object> stranger(String event) {
        byte[] body = JSON.writeValueAsBytes(HookClient.request(event, "s", "c", "Bash", Map.of("command", "ls")));
        return this.client.post(body, "Basic " + HookApplication.TOKEN, "application/json", Map.of());
    }

    @Test
    void whateverElseIsSentToTheDoorIsDenied() {
        assertThat(HookClient.decision(this.client.answer(HttpRequest.newBuilder(this.client.address())
                        .header("Authorization", "Bearer " + HookApplication.TOKEN)
                        .GET()
                        .build())))
                .isEqualTo("deny");
        assertThat(HookClient.decision(
                        this.client.answer(HttpRequest.newBuilder(URI.create(this.client.address() + "/more"))
                                .header("Authorization", "Bearer " + HookApplication.TOKEN)
                                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())))
                .isEqualTo("deny");
        assertThat(HookClient.decision(this.client.post(
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "Bearer " + HookApplication.TOKEN,
                        "application/json",
                        Map.of("Content-Encoding", "gzip"))))
                .isEqualTo("deny");
    }

    @Test
    void aBodyWithoutLengthIsReadNoFurtherThanItsLimit() {
        byte[] piece = "a".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        List<byte[]> pieces = new ArrayList<>(Collections.nCopies(16, piece));
        pieces.add(0, "{\"x\":\"".getBytes(StandardCharsets.UTF_8));

        assertThat(HookClient.decision(this.client.answer(HttpRequest.newBuilder(this.client.address())
                        .header("Authorization", "Bearer " + HookApplication.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArrays(pieces))
                        .build())))
                .isEqualTo("deny");
    }

    @Test
    void aGuardThatFailsDenies() {
        this.verdict.next.set(null);
        byte[] body =
                JSON.writeValueAsBytes(HookClient.request("PreToolUse", "s", "c", "Bash", Map.of("command", "ls")));

        Map<String, Object> answer = this.client.post(body);

        assertThat(HookClient.decision(answer)).isEqualTo("deny");
        assertThat(HookClient.reason(answer)).contains("The guard failed");
        this.verdict.seen.set(null);
    }

    /** The answer with the placeholder of the samples where it gives a reason. */
    private static Object withoutReason(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> without = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            boolean reason =
                    List.of("reason", "permissionDecisionReason", "message").contains(name);
            if (reason) {
                assertThat(member.toString()).isNotBlank();
            }
            without.put(name, reason ? "${reason}" : withoutReason(member));
        });
        return without;
    }

    private static AgentAnswer answer(String verdict) {
        return switch (verdict) {
            case "none" -> AgentAnswer.none();
            case "allow" -> AgentAnswer.allow();
            case "deny", "block", "decline" -> AgentAnswer.deny("why");
            case "ask" -> AgentAnswer.ask("why");
            case "defer" -> AgentAnswer.defer();
            case "rewrite" -> new AgentAnswer(AgentAnswer.Kind.REWRITE, "", Map.of("command", "ls", "n", 1));
            case "stop" -> new AgentAnswer(AgentAnswer.Kind.STOP, "why", null);
            case "context" -> new AgentAnswer(AgentAnswer.Kind.CONTEXT, "a word", null);
            case "redact" -> new AgentAnswer(AgentAnswer.Kind.REDACT, "", Map.of("stdout", "***"));
            case "retry" -> new AgentAnswer(AgentAnswer.Kind.RETRY, "", null);
            default -> throw new IllegalArgumentException(verdict);
        };
    }

    private static Object filled(Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((name, value) -> filled.put(name, filled(value)));
            return filled;
        }
        return switch (String.valueOf(wanted)) {
            case "${reason}" -> "why";
            case "${context}" -> "a word";
            case "${updatedInput}" -> Map.of("command", "ls", "n", 1);
            case "${updatedToolOutput}" -> Map.of("stdout", "***");
            default -> wanted;
        };
    }

    private static Map<String, Object> canonical(AgentCall call) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        canonical.put("event", call.eventName().isEmpty() ? "FutureEvent" : call.eventName());
        canonical.put("sessionId", call.session());
        canonical.put("cwd", call.cwd());
        canonical.put("permissionMode", call.permissionMode());
        canonical.put("callId", call.callId());
        canonical.put("subagentId", call.subagent());
        AgentTool tool = call.tool();
        if (tool != null) {
            canonical.put("rawName", tool.rawName());
            canonical.put("kind", tool.kind().name());
            canonical.put("canonicalName", tool.canonicalName());
            canonical.put("mcpServer", tool.mcpServer());
            canonical.put("mcpTool", tool.mcpTool());
            canonical.put("command", tool.command());
            canonical.put("paths", tool.paths());
            canonical.put("url", tool.url());
        }
        canonical.values().removeIf(Objects::isNull);
        return canonical;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String text) {
        return JSON.readValue(text, Map.class);
    }

    /** A request as a row of the samples describes it. */
    private record BrokenRequest(byte[] body, String authorization, String contentType, Map<String, String> headers) {

        @SuppressWarnings("unchecked")
        static BrokenRequest of(Map<String, Object> row, Path folder) throws IOException {
            Map<String, Object> request = (Map<String, Object>) row.getOrDefault("request", Map.of());
            String authorization = request.containsKey("authorization")
                    ? (String) request.get("authorization")
                    : "Bearer " + HookApplication.TOKEN;
            return new BrokenRequest(
                    row.containsKey("file")
                            ? Files.readAllBytes(folder.resolve(row.get("file").toString()))
                            : generated((Map<String, Object>) row.get("generate"), folder),
                    authorization,
                    request.getOrDefault("contentType", "application/json").toString(),
                    (Map<String, String>) request.getOrDefault("headers", Map.of()));
        }

        @SuppressWarnings("unchecked")
        private static byte[] generated(Map<String, Object> how, Path folder) throws IOException {
            Map<String, Object> base =
                    object(Files.readString(folder.resolve(how.get("base").toString())));
            if (!how.containsKey("pointer")) {
                return JSON.writeValueAsBytes(base);
            }
            String[] steps = how.get("pointer").toString().substring(1).split("/");
            String last = steps[steps.length - 1];
            Map<String, Object> parent = base;
            for (int i = 0; i < steps.length - 1; i++) {
                parent = (Map<String, Object>) parent.get(steps[i]);
            }
            if (how.containsKey("repeat")) {
                parent.put(last, how.get("repeat").toString().repeat((Integer) how.get("times")));
            } else if (how.containsKey("members")) {
                Map<String, Object> members = (Map<String, Object>) parent.get(last);
                for (int i = 0; i < (Integer) how.get("members"); i++) {
                    members.put("m" + i, i);
                }
            } else {
                parent.put(last, "RAW");
            }
            String text = JSON.writeValueAsString(base);
            return text.replace("\"RAW\"", String.valueOf(how.get("rawNumber"))).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Answers as it is told to. */
    static final class GivenVerdict implements AgentDesk {

        private final AtomicReference<AgentAnswer> next = new AtomicReference<>(AgentAnswer.none());

        private final AtomicReference<AgentCall> seen = new AtomicReference<>();

        @Override
        public AgentAnswer answer(AgentCall call, Installation installation) {
            this.seen.set(call);
            AgentAnswer given = this.next.get();
            if (given == null) {
                throw new IllegalStateException("secret-of-ana");
            }
            return given;
        }

        @Override
        public void unreadable(UnreadableCall call, Installation installation) {}
    }

    @TestConfiguration
    static class Verdicts {

        @Bean
        GivenVerdict givenVerdict() {
            return new GivenVerdict();
        }
    }
}
