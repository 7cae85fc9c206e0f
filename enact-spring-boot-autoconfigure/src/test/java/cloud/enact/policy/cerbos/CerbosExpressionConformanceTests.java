package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.cerbos.document.ConditionSource;
import cloud.enact.policy.cerbos.document.RuleReader;
import cloud.enact.policy.cerbos.document.YamlNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published cases of single conditions. */
class CerbosExpressionConformanceTests {

    @TestFactory
    Stream<DynamicTest> conditionsHoldAsThePublishedCasesWant() {
        return CerbosCases.cases("cel_eval", 17).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) {
        Map<String, YamlNode> test = CerbosCases.yaml(file).members("case");
        ConditionSource source = RuleReader.match(test.get("condition"));
        Condition condition = new PolicyCompiler().condition(source);
        Evaluation evaluation =
                new Evaluation(CerbosCases.request(test.get("request")), CerbosCases.options(false, false));

        boolean holds = condition.test(evaluation, new Definitions(Map.of(), Map.of(), Set.of()));

        boolean wanted = test.containsKey("want") && test.get("want").flag("want");
        assertThat(holds).as("failed: " + evaluation.failed()).isEqualTo(wanted);
    }
}
