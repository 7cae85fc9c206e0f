package cloud.enact.policy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.policy.KnownAction;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicyFinding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLinterTests {

    private static final LintContext NOTHING = new LintContext(List.of(), false);

    private final PolicyLinter linter = new PolicyLinter(PolicyToolbox.standard());

    @Test
    void nothingIsWrongWithPoliciesThatMeanWhatTheySay() {
        assertThat(lint("""
                        policies:
                          - policy: db.protect-tables
                            with: { tables: [users] }
                          - policy: db.protect-tables
                            with: { tables: [audit_log] }
                          - name: no-big-refunds
                            on: billing.refund
                            ask: args.amount > 500
                          - name: no-huge-refunds
                            on: billing.refund
                            block: args.amount > 5000
                            mode: observe
                        """, new LintContext(List.of(new KnownAction("billing.refund", List.of("amount"))), false)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "constant-expression | 3 | - name: a\\n  block: 'false'",
                "constant-expression | 3 | - name: a\\n  ask: 1 + 1 == 2",
                "constant-expression | 3 | - name: a\\n  block: args.amount > 500 && false",
                "constant-expression | 3 | - name: a\\n  block: '\"x\" in [\"a\", \"b\"]'",
                "empty-list          | 4 | - policy: filesystem.restrict-paths\\n  with:\\n    allowed: []",
                "shadowed-policy     | 3 | - policy: time.code-freeze-active\\n- policy: time.code-freeze-active",
                "shadowed-policy     | 3 | - {name: a, block: args.x > 1}\\n- {name: b, on: c.d, ask: args.x > 1}",
                "observed-in-production | 3 | - policy: time.code-freeze-active\\n  mode: observe",
                "never-asked         | 3 | - policy: time.code-freeze-active\\n  on: lamp.*, lmap.on",
            })
    void whatIsHardlyMeantIsFoundWithItsLine(String rule, int line, String policies) {
        LintContext context = new LintContext(List.of(new KnownAction("lamp.on", List.of())), true);

        List<PolicyFinding> findings = lint("policies:\n" + policies.replace("\\n", "\n"), context);

        assertThat(findings)
                .filteredOn(finding -> finding.rule().equals(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.file()).isEqualTo("shop.yaml");
                    assertThat(finding.line()).isEqualTo(line);
                    assertThat(finding.message()).endsWith(".");
                });
    }

    @Test
    void whatWidensOrChangesAnEarlierPolicyIsNoShadow() {
        assertThat(lint("""
                        policies:
                          - { policy: time.code-freeze-active, on: a.* }
                          - { policy: time.code-freeze-active }
                          - { name: a, ask: args.x > 1 }
                          - { name: b, block: args.x > 1 }
                          - { name: c, block: args.y > 1, mode: observe }
                          - { name: d, block: args.y > 1 }
                        """, NOTHING)).isEmpty();
    }

    @Test
    void everyMistakeOfEveryFileIsFoundAtOnce() {
        List<PolicyFinding> findings = this.linter.lint(
                List.of(
                        new PolicyFile("a.yaml", "policies:\n- policy: db.protekt-tables\n- policy: db.max-rows\n"),
                        new PolicyFile("b.yaml", "policies:\n- polcy: x\n"),
                        new PolicyFile("c.yaml", "policies:\n- pack: git-saftey\n"),
                        new PolicyFile("d.yaml", "policies: [")),
                NOTHING);

        assertThat(findings).extracting(PolicyFinding::severity).containsOnly(Severity.ERROR);
        assertThat(findings)
                .extracting(PolicyFinding::file, PolicyFinding::line)
                .containsExactlyInAnyOrder(
                        tuple("a.yaml", 2),
                        tuple("a.yaml", 3),
                        tuple("b.yaml", 2),
                        tuple("c.yaml", 2),
                        tuple("d.yaml", 1));
        assertThat(findings)
                .extracting(PolicyFinding::message)
                .anyMatch(message -> message.contains("'db.protect-tables'"));
    }

    @Test
    void whatOnlyAllFilesTogetherShowIsFoundToo() {
        PolicyFile one = new PolicyFile("a.yaml", "policies:\n- {name: same, block: args.x > 1}\n");
        PolicyFile other = new PolicyFile("b.yaml", "policies:\n- {name: same, block: args.y > 1}\n");

        assertThat(this.linter.lint(List.of(one, other), NOTHING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.file()).isEqualTo("b.yaml");
                    assertThat(finding.line()).isEqualTo(2);
                });
    }

    @Test
    void filesOfCerbosAreLintedAmongTheOthers() {
        PolicyFile cerbos = new PolicyFile("refund.yaml", """
                apiVersion: api.cerbos.dev/v1
                resourcePolicy:
                  resource: billing
                  version: default
                  rules:
                    - actions: ["refund"]
                      effect: EFFECT_DENY
                      roles: ["agent"]
                """);
        PolicyFile broken = new PolicyFile("broken.yaml", "apiVersion: api.cerbos.dev/v1\nresourcePolicyy: {}\n");

        assertThat(this.linter.lint(List.of(cerbos), NOTHING))
                .extracting(PolicyFinding::rule)
                .containsExactly("cerbos-deny-for-some-roles");
        assertThat(this.linter.lint(List.of(cerbos, broken), NOTHING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.file()).isEqualTo("broken.yaml");
                });
    }

    @Test
    void anActionAboutWhichNoPolicyHasAnythingToSayIsFound() {
        List<PolicyFinding> findings = lint(
                """
                policies:
                  - policy: git.dont-push-to-main
                  - { name: lamp, on: lamp.*, block: args.x > 1 }
                """,
                new LintContext(
                        List.of(
                                new KnownAction("git.push", List.of("branch")),
                                new KnownAction("lamp.on", List.of()),
                                new KnownAction("crm.delete_customer", List.of("id"))),
                        false));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("uncovered-action");
            assertThat(finding.message()).contains("'crm.delete_customer'");
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void findingsAreSarifThatNamesFileAndLine() {
        List<PolicyFinding> findings = List.of(
                new PolicyFinding("invalid-policy", Severity.ERROR, "Wrong.", "/srv/my policies/ä.yaml", 3),
                new PolicyFinding("empty-list", Severity.WARNING, "Empty.", "policies\\b.yaml", 0));

        Map<String, ?> document = Sarif.of(findings);

        assertThat(document.get("version")).isEqualTo("2.1.0");
        assertThat(document.get("$schema")).asString().contains("sarif-2.1.0");
        Map<String, ?> run = ((List<Map<String, ?>>) document.get("runs")).get(0);
        Map<String, ?> driver = ((Map<String, Map<String, ?>>) run.get("tool")).get("driver");
        assertThat(driver.get("name")).isEqualTo("enact");
        List<Map<String, ?>> results = (List<Map<String, ?>>) run.get("results");
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.get("message")).isInstanceOf(Map.class);
            assertThat((List<Map<String, Object>>) driver.get("rules"))
                    .extracting(rule -> rule.get("id"))
                    .contains(result.get("ruleId"));
        });
        assertThat(results.get(0).get("level")).isEqualTo("error");
        assertThat(results.get(0).get("locations"))
                .isEqualTo(List.of(Map.of(
                        "physicalLocation",
                        Map.of(
                                "artifactLocation", Map.of("uri", "file:///srv/my%20policies/%C3%A4.yaml"),
                                "region", Map.of("startLine", 3)))));
        assertThat(results.get(1).get("level")).isEqualTo("warning");
        assertThat(results.get(1).get("locations"))
                .isEqualTo(List.of(
                        Map.of("physicalLocation", Map.of("artifactLocation", Map.of("uri", "policies/b.yaml")))));
    }

    private List<PolicyFinding> lint(String yaml, LintContext context) {
        return this.linter.lint(List.of(new PolicyFile("shop.yaml", yaml)), context);
    }
}
