package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.cerbos.CerbosSettings.NoMatch;
import cloud.enact.policy.cerbos.CerbosSettings.RoleCombining;
import cloud.enact.policy.cerbos.CheckRequest.Principal;
import cloud.enact.policy.cerbos.CheckRequest.Resource;
import cloud.enact.policy.cerbos.CheckResult.ActionEffect;
import cloud.enact.policy.cerbos.CheckResult.Outcome;
import cloud.enact.policy.cerbos.CheckResult.Output;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of a published article, verbatim, over requests of a coding agent. */
class CerbosExamplesTests {

    @TestFactory
    Stream<DynamicTest> theEngineDecidesAsTheReleasedOneDoes() {
        Map<String, CerbosEngine> engines = new HashMap<>();

        return test(row -> {
            ActionEffect effect = check(row, engines, false).actions().get(row.action());
            assertThat(effect.allows()).isEqualTo(row.expect().equals("allow"));
            assertThat(Optional.ofNullable(rule(effect))).isEqualTo(Optional.ofNullable(row.matched()));
        });
    }

    @TestFactory
    Stream<DynamicTest> outputsAreThoseOfTheReleasedEngine() {
        Map<String, CerbosEngine> engines = new HashMap<>();

        return test(row -> {
            List<Output> outputs = check(row, engines, false).outputs();
            assertThat(outputs.stream().map(Output::val).findFirst()).isEqualTo(Optional.ofNullable(row.output()));
        });
    }

    @TestFactory
    Stream<DynamicTest> inStrictEvaluationWhatFailsIsDenied() {
        Map<String, CerbosEngine> engines = new HashMap<>();

        return test(row -> {
            ActionEffect effect = check(row, engines, true).actions().get(row.action());
            assertThat(effect.allows()).isEqualTo(row.expectStrict().equals("allow"));
        });
    }

    @TestFactory
    Stream<DynamicTest> asAPolicyTheFilesStopWhatTheyName() {
        Map<String, ActionPolicy> policies = new HashMap<>();

        return test(row -> {
            ActionPolicy policy = policies.computeIfAbsent(row.policy(), name -> policy(name, NoMatch.ABSTAIN));
            Verdict verdict = policy.judge(row.call());

            assertThat(verdict.effect()).isEqualTo(wanted(row, Effect.ABSTAIN));
            if (row.output() != null && row.expect().equals("deny")) {
                assertThat(verdict.reason()).contains("blocked by organization security policy");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatTheFilesDoNotNameIsBlockedWhereThatIsWanted() {
        Map<String, ActionPolicy> policies = new HashMap<>();

        return test(row -> {
            ActionPolicy policy = policies.computeIfAbsent(row.policy(), name -> policy(name, NoMatch.BLOCK));

            assertThat(policy.judge(row.call()).effect()).isEqualTo(wanted(row, Effect.BLOCK));
        });
    }

    private static Effect wanted(CerbosExample row, Effect whenNothingMatches) {
        // a tool is used or it is not: there are no other events
        boolean matches = row.matched() != null
                && !row.matched().equals("NO_MATCH")
                && row.event().equals("PreToolUse");
        if (!matches) {
            return whenNothingMatches;
        }
        return row.expectStrict().equals("allow") ? Effect.PASS : Effect.BLOCK;
    }

    private static @Nullable String rule(ActionEffect effect) {
        if (effect.outcome() == Outcome.NO_MATCH) {
            return effect.policy().equals("NO_MATCH") ? "NO_MATCH" : null;
        }
        return effect.src().substring(effect.src().indexOf('#') + 1);
    }

    private static CheckResult check(CerbosExample row, Map<String, CerbosEngine> engines, boolean strict) {
        CerbosEngine engine = engines.computeIfAbsent(
                row.policy(),
                name -> CerbosCases.engine(CerbosExample.folder(name), CerbosCases.options(strict, false)));
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("hook_event_name", row.event());
        payload.put("cwd", "/home/dev/app");
        payload.put("tool_name", row.tool());
        payload.put("tool_input", row.input());
        return engine.check(new CheckRequest(
                new Principal("claude_user", row.roles(), Map.of(), "", ""),
                new Resource(row.event(), "call", payload, "", ""),
                List.of(row.action()),
                Map.of(),
                CerbosCases.NOW));
    }

    private static ActionPolicy policy(String name, NoMatch noMatch) {
        CerbosSettings settings =
                new CerbosSettings(true, noMatch, RoleCombining.CERBOS, "default", "", false, Map.of());
        PolicyFile file = new PolicyFile(
                name + ".yaml", CerbosCases.text(CerbosExample.folder(name).resolve("pretooluse.yaml")));
        return new CerbosPolicyFiles(settings).read(List.of(file)).get(0).policy();
    }

    private static Stream<DynamicTest> test(Consumer<CerbosExample> check) {
        return CerbosExample.all().stream().map(row -> DynamicTest.dynamicTest(row.id(), () -> check.accept(row)));
    }
}
