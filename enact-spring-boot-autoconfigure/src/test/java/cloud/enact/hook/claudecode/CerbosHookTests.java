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
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Policies of a published article, unchanged, as they were written for the hooks of Claude Code. */
class CerbosHookTests {

    private static final String FOLDER = "cerbos-examples";

    /** An empty command, and a tool by a name that Claude Code does not use: the door refuses them before any policy. */
    private static final Set<String> UNREADABLE = Set.of("engineer-bash-012", "marketing-010");

    @ParameterizedTest
    @ValueSource(strings = {"engineer-bash", "hazards", "marketing", "all"})
    void theirRulesHoldWithTheOutputsTheyHave(String store) throws IOException {
        List<Map<String, Object>> rows = rows(store);
        List<String> wrong = new ArrayList<>();

        try (ConfigurableApplicationContext guard = guard(store, rows)) {
            for (Map<String, Object> row : rows) {
                Map<String, Object> answer = client(guard, row).post(body(row));
                if (!answer.equals(wanted(row, answer))) {
                    wrong.add(row.get("id") + ": " + answer);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abstain", "block"})
    void whatNoRuleNamesIsUpToTheSetting(String noMatch) throws IOException {
        List<Map<String, Object>> rows = rows("bare");
        List<String> wrong = new ArrayList<>();

        try (ConfigurableApplicationContext guard = guard("bare", rows, "enact.cerbos.no-match=" + noMatch)) {
            for (Map<String, Object> row : rows) {
                Map<String, Object> answer = client(guard, row).post(body(row));
                boolean told = row.get("event").equals("PostToolUse");
                boolean named = String.valueOf(row.get("matched")).startsWith("rule-");
                boolean denied = !told && (named || noMatch.equals("block"));
                if (denied != isDenial(answer)) {
                    wrong.add(row.get("id") + ": " + answer);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** The answer that the row asks for; a reason of our own where the policy has no output. */
    private static Map<String, Object> wanted(Map<String, Object> row, Map<String, Object> answer) {
        boolean unreadable = UNREADABLE.contains(row.get("id"));
        if (!unreadable && !row.get("expectStrict").equals("deny")) {
            return Map.of();
        }
        if (!(row.get("output") instanceof Map<?, ?> output)) {
            String reason = HookClient.reason(answer);
            return reason.isBlank()
                    ? Map.of("reason", "missing")
                    : Map.of(
                            "hookSpecificOutput",
                            Map.of(
                                    "hookEventName", "PreToolUse",
                                    "permissionDecision", "deny",
                                    "permissionDecisionReason", reason));
        }
        Map<Object, Object> specific = new LinkedHashMap<>((Map<?, ?>) output.get("hookSpecificOutput"));
        specific.put("hookEventName", "PreToolUse");
        return Map.of("hookSpecificOutput", specific);
    }

    private static boolean isDenial(Map<String, Object> answer) {
        return HookClient.decision(answer).equals("deny") || "block".equals(answer.get("decision"));
    }

    private static byte[] body(Map<String, Object> row) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("session_id", "s");
        request.put("cwd", "/home/dev/app");
        request.put("hook_event_name", row.get("event"));
        if (row.get("tool") == null) {
            request.put("prompt", "Go on");
        } else {
            request.put("tool_name", row.get("tool"));
            request.put("tool_input", row.get("input"));
            request.put("tool_use_id", row.get("id"));
        }
        return HookClient.JSON.writeValueAsBytes(request);
    }

    private static HookClient client(ConfigurableApplicationContext guard, Map<String, Object> row) {
        int port = guard.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new HookClient(port, token(row.get("roles")));
    }

    private static ConfigurableApplicationContext guard(
            String store, List<Map<String, Object>> rows, String... settings) {
        List<String> properties = new ArrayList<>(List.of(
                HookApplication.ENABLED,
                "server.port=0",
                "enact.hooks.self-protection=false",
                "enact.receipts.store=memory",
                "enact.undo.directory=target/hook-cerbos/undo",
                "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                "enact.policy-files="
                        + ConformanceData.folder(FOLDER)
                                .resolve("policies")
                                .resolve(store)
                                .resolve("pretooluse.yaml")
                                .toUri()));
        List<Object> seen = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (!seen.contains(row.get("roles"))) {
                String key = "enact.hooks.claude-code.installations[" + seen.size() + "].";
                String token = token(row.get("roles"));
                List<?> roles = (List<?>) row.get("roles");
                seen.add(row.get("roles"));
                properties.add(key + "id=" + token);
                properties.add(key + "token=" + token);
                for (int i = 0; i < roles.size(); i++) {
                    properties.add(key + "roles[" + i + "]=" + roles.get(i));
                }
            }
        }
        properties.addAll(List.of(settings));
        return new SpringApplicationBuilder(HookApplication.class)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    private static String token(Object roles) {
        return ("token-for-the-roles-" + roles).replaceAll("[^a-z-]+", "-");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(String store) throws IOException {
        Path requests = ConformanceData.folder(FOLDER).resolve("requests.jsonl");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(requests)) {
            Map<String, Object> row = HookClient.JSON.readValue(line, Map.class);
            if (row.get("policy").equals(store)) {
                rows.add(row);
            }
        }
        assertThat(rows).as("requests of " + store).isNotEmpty();
        return rows;
    }
}
