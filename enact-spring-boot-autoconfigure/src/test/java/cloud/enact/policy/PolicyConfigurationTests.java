package cloud.enact.policy;

import static cloud.enact.policy.PolicySetTests.bean;
import static cloud.enact.policy.PolicySetTests.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.PolicySetTests.FixedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyConfigurationTests {

    private static final List<PolicyType> CATALOGUE = List.of(
            new FixedType("git.dont-push-to-main", Effect.BLOCK),
            new FixedType("db.protect-tables", Effect.BLOCK),
            new FixedType("db.block-ddl", Effect.BLOCK));

    private final List<String> reasons = new ArrayList<>();

    private final List<String> names = new ArrayList<>();

    @Test
    void unknownPolicyNamesTheNearest() {
        refused(spec("db.protect-table"), "there is no policy 'db.protect-table'", "'db.protect-tables'");
        refused(spec("db.portect-tables"), "there is no policy", "'db.protect-tables'");
        refused(spec("dont-push-to-main"), "there is no policy", "'git.dont-push-to-main'");
        refused(spec("git.dont_push_to_main"), "there is no policy", "'git.dont-push-to-main'");
        refused(spec("DontPushToMain"), "there is no policy", "git.dont-push-to-main");
        refused(spec("x".repeat(10_000)), "there is no policy", "Known: ");
        refused(spec("something.else-entirely"), "there is no policy", "Known: db.block-ddl, db.protect-tables");
    }

    @Test
    void unknownPolicyOfAnEmptyCatalogueIsRefusedToo() {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> new PolicySetFactory(List.of(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO)
                        .create(List.of(spec("a.b"))))
                .satisfies(ex -> assertThat(ex.getAction()).contains("ActionPolicy bean"));
    }

    @Test
    void unknownParameterNamesTheNearest() {
        refused(with("tabels", "users"), "no parameter 'tabels'", "'tables'");
        refused(with("zzzzzzzz", "users"), "no parameter 'zzzzzzzz'", "Known: level, tables");
    }

    @Test
    void originStandsInTheMessage() {
        refused(spec("nope.nope"), "enact.policies[0]: ", "");
    }

    @Test
    void exactlyOneOfPolicyBlockAndAskIsNeeded() {
        refused(expression(null, null, null), "has none", "");
        refused(expression("true", "true", null), "has several", "");
        refused(new PolicySpec("db.block-ddl", null, Map.of(), null, null, "true", null, null, "x"), "several", "");
        refused(new PolicySpec(" ", null, Map.of(), null, null, null, null, null, "x"), "is blank", "");
        refused(expression("  ", null, null), "is blank", "");
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        refused(new PolicySpec("db.block-ddl", "n", Map.of(), null, null, null, null, null, "x"), "'name'", "");
        refused(new PolicySpec("db.block-ddl", null, Map.of(), null, null, null, null, "r", "x"), "'reason'", "");
        refused(new PolicySpec(null, "n", Map.of("a", 1), null, null, "true", null, null, "x"), "no parameters", "");
        refused(
                new PolicySpec("my.bean", null, Map.of("a", 1), null, null, null, null, null, "x"),
                "no parameter 'a'",
                "Remove it");
    }

    @Test
    void blankActionPatternIsRefused() {
        refused(spec("db.block-ddl", ""), "blank action pattern", "postgres.*");
        refused(spec("db.block-ddl", "a.b,,c.d"), "blank action pattern", "");
    }

    @Test
    void expressionWithoutACompilerNamesTheDependency() {
        PolicySetFactory factory = new PolicySetFactory(CATALOGUE, List.of(), null, EnactMode.ENFORCE, Duration.ZERO);

        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> factory.create(List.of(expression("true", null, "n"))))
                .satisfies(ex -> assertThat(ex.getAction()).contains("dev.cel:cel"));
    }

    @Test
    void namesOfExpressionsAreTheirOwn() {
        refused(List.of(expression("true", null, "n"), expression("false", null, "n")), "another policy named 'n'");
        refused(List.of(expression("true", null, "db.block-ddl")), "another policy named 'db.block-ddl'");
        refused(List.of(expression("true", null, "my.bean")), "another policy named 'my.bean'");
        refused(List.of(expression("true", null, " ")), "name of the expression");
        refused(List.of(expression("true", null, "a\nb")), "name of the expression");
        refused(List.of(expression("true", null, "x".repeat(1000))), "name of the expression");
    }

    @Test
    void expressionWithoutANameIsCalledByItsPlace() {
        factory().create(List.of(expression("true", null, null), expression("false", null, null)));

        assertThat(this.names).containsExactly("enact.policies[3]", "enact.policies[3] #2");
    }

    @Test
    void expressionWithoutAReasonGetsOne() {
        factory()
                .create(List.of(
                        expression("true", null, "no-big-refunds"),
                        expression(null, "true", "ask-first"),
                        new PolicySpec(null, "own", Map.of(), null, null, "true", null, " Because. ", "x")));

        assertThat(this.reasons.get(0)).contains("no-big-refunds").contains("forbids");
        assertThat(this.reasons.get(1)).contains("ask-first").contains("person");
        assertThat(this.reasons.get(2)).isEqualTo("Because.");
    }

    @Test
    void policiesWithoutANameOrWithTheSameAreRefused() {
        refusedCall(() -> make(List.of(bean(" ", r -> null))), "has no name");
        refusedCall(() -> make(List.of(bean("a.b", r -> null), bean("a.b", r -> null))), "two policies named 'a.b'");
        refusedCall(() -> make(List.of(bean("db.block-ddl", r -> null))), "two policies named 'db.block-ddl'");
    }

    @Test
    void annotationBecomesASpecification() {
        PolicySpec named = PolicySpecs.ofAnnotation(
                "db.protect-tables",
                new String[] {"tables = users,audit=log", "level=1"},
                "",
                " ",
                "",
                "@Policy on A.b");
        PolicySpec expression = PolicySpecs.ofAnnotation("", new String[0], "args.a > 1", "", "Too much.", "here");

        assertThat(named.policy()).isEqualTo("db.protect-tables");
        assertThat(named.with()).isEqualTo(Map.of("tables", "users,audit=log", "level", "1"));
        assertThat(named.block()).isNull();
        assertThat(named.ask()).isNull();
        assertThat(named.origin()).isEqualTo("@Policy on A.b");
        assertThat(expression.policy()).isNull();
        assertThat(expression.block()).isEqualTo("args.a > 1");
        assertThat(expression.reason()).isEqualTo("Too much.");
    }

    @Test
    void malformedParametersOfAnAnnotationAreRefused() {
        for (String entry : List.of("tables", "=users", " = users", "")) {
            refusedCall(() -> PolicySpecs.ofAnnotation("a.b", new String[] {entry}, "", "", "", "x"), "name=value");
        }
        refusedCall(() -> PolicySpecs.ofAnnotation("a.b", new String[] {"a=1", "a=2"}, "", "", "", "x"), "given twice");
    }

    @Test
    void specificationKeepsNullsAndCannotBeChanged() {
        Map<String, @Nullable Object> with = new HashMap<>();
        with.put("tables", null);
        PolicySpec spec = new PolicySpec("a.b", null, with, null, null, null, null, null, "x");

        with.put("more", 1);

        assertThat(spec.with()).containsOnlyKeys("tables");
    }

    @Test
    void distanceCountsSwapsOfNeighboursOnce() {
        assertThat(NearestName.distance("", "")).isZero();
        assertThat(NearestName.distance("abc", "")).isEqualTo(3);
        assertThat(NearestName.distance("tabels", "tables")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("abcdef", "badcfe")).isEqualTo(3);
    }

    private static PolicySpec with(String name, Object value) {
        return new PolicySpec(
                "db.protect-tables", null, Map.of(name, value), null, null, null, null, null, "enact.policies[1]");
    }

    private static PolicySpec expression(@Nullable String block, @Nullable String ask, @Nullable String name) {
        return new PolicySpec(null, name, Map.of(), null, null, block, ask, null, "enact.policies[3]");
    }

    private PolicySetFactory factory() {
        return make(List.of(bean("my.bean", r -> null)));
    }

    private PolicySetFactory make(List<ActionPolicy> beans) {
        return new PolicySetFactory(
                CATALOGUE,
                beans,
                (name, effect, expression, reason, onError, origin) -> {
                    this.names.add(name);
                    this.reasons.add(reason);
                    return bean(name, r -> null);
                },
                EnactMode.ENFORCE,
                Duration.ZERO);
    }

    private void refused(PolicySpec spec, String description, String action) {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> factory().create(List.of(spec)))
                .satisfies(ex -> {
                    assertThat(ex.getDescription()).contains(description);
                    assertThat(ex.getAction()).isNotBlank().contains(action);
                });
    }

    private void refused(List<PolicySpec> specs, String description) {
        refusedCall(() -> factory().create(specs), description);
    }

    private static void refusedCall(ThrowingCallable call, String description) {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(call)
                .satisfies(ex -> assertThat(ex.getAction()).isNotBlank())
                .withMessageContaining(description);
    }
}
