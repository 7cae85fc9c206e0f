package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.cerbos.CerbosSettings.NoMatch;
import cloud.enact.policy.cerbos.CerbosSettings.RoleCombining;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in Cerbos-format files, and where the message points. */
class CerbosPolicyFilesTests {

    private static final String POLICY = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              resource: crm
              version: default
              importDerivedRoles: [people]
              variables:
                local:
                  large: R.attr.amount > 500
              rules:
                - name: pay
                  actions: [pay]
                  roles: [clerk]
                  effect: EFFECT_DENY
                  condition:
                    match:
                      expr: V.large
            """;

    private static final String PEOPLE = """
            apiVersion: api.cerbos.dev/v1
            derivedRoles:
              name: people
              definitions:
                - {name: owner, parentRoles: [user], condition: {match: {expr: R.attr.owner == P.id}}}
            """;

    @Test
    void knowsItsFormat() {
        CerbosPolicyFiles files = new CerbosPolicyFiles(CerbosSettings.defaults());

        assertThat(files.knows(new PolicyFile("a.yaml", POLICY))).isTrue();
        assertThat(files.knows(new PolicyFile("a.yaml", "policies: []"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "resource: crm        | resuorce: crm      | 3  | 'resuorce'               | 'resource'",
                "version: default     | version: 'a b'     | 3  | 'version' must be        | version: default",
                "resource: crm        | resource: '*'      | 3  | 'resource' is blank      | exactly one",
                "effect: EFFECT_DENY  | effect: DENY       | 13 | effect is unknown        | EFFECT_DENY",
                "expr: V.large        | expr: V.larg       | 16 | variable 'larg'          | variables",
                "expr: V.large        | expr: C.large      | 16 | constant 'large'         | constants",
                "expr: V.large        | expr: R.attrs.x    | 16 | reads R.attrs            | attr",
                "expr: V.large        | expr: X.y          | 16 | uses 'X'                 | Variables are",
                "expr: V.large        | expr: 1 +          | 16 | not valid CEL            | Correct it",
                "expr: V.large        | eval: V.large      | 16 | 'eval'                   | expr",
                "expr: V.large        | all: {of: []}      | 16 | is empty                 | 'of'",
                "R.attr.amount > 500  | V.large            | 8  | depends on itself        | Let variables",
                "roles: [clerk]       | derivedRoles: [x]  | 12 | derived role 'x'         | importDerivedRoles",
                "roles: [clerk]       | roles: []          | 10 | names no role            | every role",
                "roles: [clerk]       | roles: clerk       | 12 | must be a list           | dash",
                "[people]             | [peple]            | 5  | import 'peple'           | Correct the name",
                "apiVersion: api.cerbos.dev/v1 | apiVersion: api.cerbos.dev/v2 | 1 | apiVersion is unknown | v1",
            })
    void whatIsWrongIsToldWithFileLineAndRemedy(String right, String wrong, int line, String what, String remedy) {
        assertThat(POLICY).contains(right);
        assertThatExceptionOfType(PolicyFileException.class)
                .isThrownBy(() -> read(POLICY.replace(right, wrong), PEOPLE))
                .satisfies(ex -> {
                    assertThat(ex.getLine()).isEqualTo(line);
                    assertThat(ex.getFile()).isEqualTo("0.yaml");
                    assertThat(ex.getDescription())
                            .startsWith("0.yaml, line " + line + ": ")
                            .contains(what);
                    assertThat(ex.getAction()).contains(remedy);
                });
    }

    @Test
    void anInvalidPatternIsRefusedBeforeAnyCall() {
        assertThatExceptionOfType(PolicyFileException.class)
                .isThrownBy(() -> read(POLICY.replace("V.large", "P.id.matches('(?=x)')"), PEOPLE))
                .satisfies(ex -> assertThat(ex.getLine()).isEqualTo(16))
                .withMessageContaining("invalid regular expression");
    }

    @Test
    void twoFilesCanNotDefineTheSame() {
        assertThatExceptionOfType(PolicyFileException.class)
                .isThrownBy(() -> read(PEOPLE, POLICY, POLICY))
                .withMessage("2.yaml, line 3: 'crm' is already defined in 1.yaml, line 3");
    }

    @Test
    void aPolicyBelowAScopeNeedsThoseAbove() {
        assertThatExceptionOfType(PolicyFileException.class)
                .isThrownBy(
                        () -> read(POLICY.replace("version: default", "version: default\n  scope: acme.hr"), PEOPLE))
                .withMessageContaining("resource.crm.vdefault/acme");
    }

    @Test
    void emptyFilesAndDisabledPoliciesSayNothing() {
        read("# nothing", "", PEOPLE);
        read("disabled: true\n" + POLICY, PEOPLE);
        read("disabled: true\n" + POLICY, POLICY, PEOPLE);
    }

    @Test
    void namesMayBeWrittenInSnakeCaseAndFilesInJson() {
        read(POLICY.replace("importDerivedRoles", "import_derived_roles"), PEOPLE);
        read("""
                {"apiVersion": "api.cerbos.dev/v1", "resourcePolicy": {"resource": "a", "version": "1",
                 "rules": [{"actions": ["x"], "roles": ["*"], "effect": "EFFECT_ALLOW"}]}}
                """);
    }

    @Test
    void hostileYamlIsRefusedWithoutMakingAnythingOfIt() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a" + i + ": &a" + i + " [")
                    .append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("]\n");
        }
        String[] hostile = {
            laughs.toString(),
            "apiVersion: api.cerbos.dev/v1\nmetadata: &a {annotations: *a}",
            "a: ".repeat(3) + "[".repeat(20_000),
            "x: " + "{a: ".repeat(5_000),
            "a: \u0000",
            "a: !!javax.script.ScriptEngineManager [x]",
            "? [a, b]\n: c",
            "a: *b",
            "- \"",
            "%YAML 9.9\n---\na",
            "a: 1\n---\nb: 2",
            "resourcePolicy: []",
            "x".repeat(2_000_000),
        };

        for (String text : hostile) {
            assertThatExceptionOfType(PolicyFileException.class)
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isThrownBy(() -> read(text));
        }
    }

    @Test
    void denialsThatDoNotHoldForEverybodyAreFound() {
        String other = POLICY.replace("resource: crm", "resource: hr").replace("[clerk]", "[\"*\"]");

        assertThat(lint(CerbosSettings.defaults(), POLICY, other, PEOPLE))
                .extracting(PolicyFinding::rule, PolicyFinding::file, PolicyFinding::line)
                .containsExactly(tuple("cerbos-deny-for-some-roles", "0.yaml", 10));
        assertThat(lint(settings(true, RoleCombining.DENY_OVERRIDES), POLICY, PEOPLE))
                .isEmpty();
        assertThat(lint(settings(false, RoleCombining.DENY_OVERRIDES), POLICY, PEOPLE))
                .extracting(PolicyFinding::rule)
                .containsExactly("cerbos-deny-without-strict");
    }

    @Test
    void policiesThatAreNeverAskedAreFound() {
        assertThat(lint(CerbosSettings.defaults(), POLICY.replace("version: default", "version: v2"), PEOPLE))
                .extracting(PolicyFinding::rule)
                .contains("cerbos-policy-never-asked");
    }

    @Test
    void whatCanNotBeReadIsAFindingToo() {
        assertThat(lint(CerbosSettings.defaults(), POLICY))
                .extracting(PolicyFinding::rule, PolicyFinding::severity, PolicyFinding::line)
                .containsExactly(tuple("invalid-policy", PolicyFinding.Severity.ERROR, 5));
    }

    private static CerbosSettings settings(boolean strict, RoleCombining combining) {
        return new CerbosSettings(strict, NoMatch.ABSTAIN, combining, "default", "", false, Map.of());
    }

    private static void read(String... texts) {
        assertThat(new CerbosPolicyFiles(CerbosSettings.defaults()).read(files(texts)))
                .hasSize(1);
    }

    private static List<PolicyFinding> lint(CerbosSettings settings, String... texts) {
        return new CerbosPolicyFiles(settings).lint(files(texts));
    }

    private static List<PolicyFile> files(String... texts) {
        List<PolicyFile> files = new ArrayList<>();
        for (String text : texts) {
            files.add(new PolicyFile(files.size() + ".yaml", text));
        }
        return files;
    }
}
