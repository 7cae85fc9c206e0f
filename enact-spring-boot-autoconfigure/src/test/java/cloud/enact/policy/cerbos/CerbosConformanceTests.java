package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.cerbos.CheckResult.ActionEffect;
import cloud.enact.policy.cerbos.CheckResult.Output;
import cloud.enact.policy.cerbos.document.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published cases of the engine whose format this is. */
class CerbosConformanceTests {

    @TestFactory
    Stream<DynamicTest> theEngineDecidesAsThePublishedCasesWant() {
        CerbosEngine engine = CerbosCases.store(CerbosCases.options(false, false));

        return CerbosCases.cases("engine", 39).stream().map(file -> test(file, engine));
    }

    @TestFactory
    Stream<DynamicTest> theEngineDecidesTheSameWithLenientScopeSearch() {
        CerbosEngine engine = CerbosCases.store(CerbosCases.options(false, true));

        return CerbosCases.cases("engine", 39).stream().map(file -> test(file, engine));
    }

    @TestFactory
    Stream<DynamicTest> aScopeWithoutPolicyMatchesNothing() {
        CerbosEngine engine = CerbosCases.store(CerbosCases.options(false, false));

        return CerbosCases.cases("engine_strict_scope_search", 2).stream().map(file -> test(file, engine));
    }

    @TestFactory
    Stream<DynamicTest> aScopeWithoutPolicyIsSkippedWhenTheSearchIsLenient() {
        CerbosEngine engine = CerbosCases.store(CerbosCases.options(false, true));

        return CerbosCases.cases("engine_lenient_scope_search", 2).stream().map(file -> test(file, engine));
    }

    private static DynamicTest test(Path file, CerbosEngine engine) {
        return DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file, engine));
    }

    private static void check(Path file, CerbosEngine engine) {
        Map<String, YamlNode> test = CerbosCases.yaml(file).members("case");
        List<YamlNode> inputs = test.get("inputs").elements("inputs");
        List<YamlNode> wanted = test.get("wantOutputs").elements("wantOutputs");
        assertThat(wanted).hasSameSizeAs(inputs);

        for (int i = 0; i < inputs.size(); i++) {
            CheckResult result = engine.check(CerbosCases.request(inputs.get(i)));

            Map<String, YamlNode> want = wanted.get(i).members("output");
            String input = "input " + (i + 1);
            assertThat(effects(result)).as(input).isEqualTo(effects(want.get("actions")));
            assertThat(result.effectiveDerivedRoles()).as(input).isEqualTo(derivedRoles(want));
            assertThat(outputs(result.outputs())).as(input).isEqualTo(outputs(want));
            assertThat(result.failedExpressions()).as(input).isEqualTo(failures(want));
        }
    }

    private static Map<String, List<String>> effects(CheckResult result) {
        Map<String, List<String>> effects = new TreeMap<>();
        result.actions().forEach((action, effect) -> effects.put(action, effect(effect)));
        return effects;
    }

    private static List<String> effect(ActionEffect effect) {
        return List.of(effect.allows() ? "EFFECT_ALLOW" : "EFFECT_DENY", effect.policy(), effect.scope());
    }

    private static Map<String, List<String>> effects(YamlNode actions) {
        Map<String, List<String>> effects = new TreeMap<>();
        actions.members("actions").forEach((action, node) -> {
            Map<String, YamlNode> effect = node.members("effect");
            effects.put(
                    action,
                    List.of(
                            CerbosCases.text(effect, "effect"),
                            CerbosCases.text(effect, "policy"),
                            CerbosCases.text(effect, "scope")));
        });
        return effects;
    }

    private static TreeSet<String> derivedRoles(Map<String, YamlNode> want) {
        TreeSet<String> roles = new TreeSet<>(CerbosCases.texts(want, "effectiveDerivedRoles"));
        roles.addAll(CerbosCases.texts(want, "effective_derived_roles"));
        return roles;
    }

    private static List<Output> outputs(List<Output> outputs) {
        return outputs.stream()
                .sorted(Comparator.comparing(Output::src).thenComparing(Output::action))
                .toList();
    }

    private static List<Output> outputs(Map<String, YamlNode> want) {
        List<Output> outputs = new ArrayList<>();
        if (want.containsKey("outputs")) {
            for (YamlNode node : want.get("outputs").elements("outputs")) {
                Map<String, YamlNode> output = node.members("output");
                outputs.add(new Output(
                        CerbosCases.text(output, "src"),
                        CerbosCases.text(output, "action"),
                        output.containsKey("val") ? output.get("val").plain() : null,
                        output.containsKey("error")));
            }
        }
        return outputs(outputs);
    }

    private static TreeSet<String> failures(Map<String, YamlNode> want) {
        TreeSet<String> failures = new TreeSet<>();
        if (want.containsKey("evaluationErrors")) {
            for (YamlNode node : want.get("evaluationErrors").elements("evaluationErrors")) {
                failures.add(
                        CerbosCases.text(node.members("error").get("celError").members("celError"), "expression"));
            }
        }
        return failures;
    }
}
