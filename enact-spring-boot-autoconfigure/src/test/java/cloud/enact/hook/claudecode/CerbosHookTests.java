package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ConformanceData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Policies of a published article, as they were written for the hooks of Claude Code. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            "enact.hooks.self-protection=false",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-hook-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
        })
class CerbosHookTests {

    private static final String FOLDER = "cerbos-examples";

    private final int port;

    CerbosHookTests(@LocalServerPort int port) {
        this.port = port;
    }

    @BeforeAll
    static void requireSamples() {
        ConformanceData.folder(FOLDER);
    }

    @DynamicPropertySource
    static void installations(DynamicPropertyRegistry registry) throws IOException {
        Path folder = ConformanceData.folder(FOLDER);
        registry.add(
                "enact.policy-files",
                () -> folder.resolve("policies/all/pretooluse.yaml").toUri().toString());
        List<Object> seen = new ArrayList<>();
        for (Map<String, Object> row : rows()) {
            if (!seen.contains(row.get("roles"))) {
                String key = "enact.hooks.claude-code.installations[" + seen.size() + "].";
                String token = token(row.get("roles"));
                seen.add(row.get("roles"));
                registry.add(key + "id", () -> token);
                registry.add(key + "token", () -> token);
                registry.add(key + "roles", () -> row.get("roles"));
            }
        }
    }

    private static String token(Object roles) {
        return ("token-for-the-roles-" + roles).replaceAll("[^a-z-]+", "-");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows() throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ConformanceData.folder(FOLDER).resolve("requests.jsonl"))) {
            Map<String, Object> row = HookClient.JSON.readValue(line, Map.class);
            if (row.get("policy").equals("all") && row.get("event").equals("PreToolUse")) {
                rows.add(row);
            }
        }
        return rows;
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> theirRulesHoldWithTheOutputsTheyHave() throws IOException {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.get("id").toString(), () -> {
                    HookClient client = new HookClient(this.port, token(row.get("roles")));

                    Map<String, Object> answer = client.before(
                            "s", row.get("id").toString(), row.get("tool").toString(), (Map<String, Object>)
                                    row.get("input"));

                    assertThat(HookClient.decision(answer))
                            .isEqualTo(row.get("expectStrict").equals("deny") ? "deny" : "none");
                    if (row.get("output") instanceof Map<?, ?> output
                            && row.get("expectStrict").equals("deny")) {
                        Map<Object, Object> specific =
                                new LinkedHashMap<>((Map<?, ?>) output.get("hookSpecificOutput"));
                        specific.put("hookEventName", "PreToolUse");
                        assertThat(answer).isEqualTo(Map.of("hookSpecificOutput", specific));
                    }
                }));
    }
}
