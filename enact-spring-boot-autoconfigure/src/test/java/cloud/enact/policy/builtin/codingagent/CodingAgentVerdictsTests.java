package cloud.enact.policy.builtin.codingagent;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each policy for itself, on commands that it must stop and on others that only look like them. */
class CodingAgentVerdictsTests {

    @TestFactory
    Stream<DynamicTest> everyPolicyTellsItsHarmFromWhatLooksLikeIt() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream content =
                CodingAgentVerdictsTests.class.getResourceAsStream("/cloud/enact/policy/codingagent/verdicts.txt")) {
            assertThat(content).isNotNull();
            List<String> rows = new ArrayList<>();
            String policy = "";
            for (String line : new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("## ")) {
                    add(tests, policy, rows);
                    policy = line.substring(3);
                    rows = new ArrayList<>();
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    rows.add(line);
                }
            }
            add(tests, policy, rows);
        }
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, String policy, List<String> rows) {
        if (!rows.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(policy, () -> check(policy, rows)));
        }
    }

    private static void check(String policy, List<String> rows) {
        PolicySet set = Catalogue.set(policy, Map.of());
        List<String> wrong = new ArrayList<>();
        for (String row : rows) {
            String expected = row.substring(0, row.indexOf(' '));
            String command = row.substring(row.indexOf(' ') + 1).replace("\\n", "\n");
            Verdict verdict = Catalogue.judge(set, Requests.request("shell.run", "command", command));
            if (!agrees(expected, verdict.effect())) {
                wrong.add(row + "\n    was " + verdict.effect() + ": " + verdict.reason());
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    private static boolean agrees(String expected, Effect effect) {
        return switch (expected) {
            case "block" -> effect == Effect.BLOCK;
            case "stop" -> effect == Effect.BLOCK || effect == Effect.ASK;
            default -> effect == Effect.PASS || effect == Effect.ABSTAIN;
        };
    }
}
