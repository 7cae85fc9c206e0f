package cloud.enact.policy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that each policy must stop or let pass, one by one, in spellings that try to get past it and in others that
 * only look alike.
 */
class PolicyRowsTests {

    private final JsonMapper json = JsonMapper.builder().build();

    private final PolicySetFactory factory =
            new PolicySetFactory(Catalogue.policies().types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"rows.jsonl, false", "rows.jsonl, true", "rows-2.jsonl, false", "rows-2.jsonl, true"})
    void policiesStopWhatIsMeantAndLetLookAlikesPass(String file, boolean named) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        int rows = 0;
        for (String line : lines(file)) {
            JsonNode row = this.json.readTree(line);
            Verdict verdict = judge(row, named);
            boolean stopped = verdict.effect() == Effect.BLOCK || verdict.effect() == Effect.ASK;
            if (verdict.reason().contains("It failed with")) {
                failed.add(line);
            }
            if (stopped != row.get("expect").asString().equals("STOP")) {
                wrong.add(line + " was " + verdict);
            }
            rows++;
        }

        System.out.printf(
                "%s%s: %d rows, %d wrong, %d failed%n",
                file, named ? ", named" : "", rows, wrong.size(), failed.size());
        wrong.forEach(System.out::println);
        assertThat(rows).isPositive();
        assertThat(failed).isEmpty();
        assertThat(wrong).hasSizeLessThanOrEqualTo(rows / 20);
    }

    /** By itself, or named for exactly this call, where a policy can't say that it does not apply. */
    private Verdict judge(JsonNode row, boolean named) {
        PolicySpec spec = new PolicySpec(
                row.get("policy").asString(), null, map(row.get("with")), null, null, null, null, null, "row");
        PolicySet set = named ? this.factory.createNamed(List.of(spec)) : this.factory.create(List.of(spec));
        return set.decide(request(row)).verdicts().get(0);
    }

    private ActionRequest request(JsonNode row) {
        List<Object> args = new ArrayList<>();
        map(row.get("args")).forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        ActionRequest request = Requests.request(row.get("action").asString(), args.toArray());
        JsonNode actor = row.get("actor");
        JsonNode now = row.get("now");
        return new ActionRequest(
                request.actionId(),
                request.run(),
                null,
                request.action(),
                request.args(),
                (actor != null) ? actor(actor) : request.actor(),
                null,
                request.reversibility(),
                (now != null) ? Instant.parse(now.asString()) : request.timestamp());
    }

    private Actor actor(JsonNode actor) {
        Set<String> roles = new HashSet<>();
        actor.get("roles").forEach(role -> roles.add(role.asString()));
        return new Actor(actor.get("id").asString(), roles, map(actor.get("attributes")), null, null, "caller");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(JsonNode node) {
        return (node != null) ? this.json.convertValue(node, Map.class) : new HashMap<>();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream content = PolicyRowsTests.class.getResourceAsStream("/cloud/enact/policy/catalogue/" + file)) {
            assertThat(content).isNotNull();
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
