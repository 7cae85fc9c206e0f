package cloud.enact.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Requests;
import cloud.enact.policy.check.PolicyToolbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyPacksTests {

    @ParameterizedTest
    @MethodSource("cloud.enact.policy.file.PolicyPacks#names")
    void everyPolicyOfAPackExistsAndTakesItsParameters(String name) {
        PolicyPack pack = PolicyPacks.pack(name);
        String with = String.join(
                ", ",
                pack.parameters().keySet().stream()
                        .map(parameter -> parameter + (parameter.startsWith("max") ? ": 3" : ": agent/"))
                        .toList());

        assertThat(specs("- pack: " + name)).isNotEmpty();
        assertThat(specs("- { pack: " + name + ", with: { " + with + " } }"))
                .hasSize(pack.specs().size());
        policies("- pack: " + name);
        policies("- { pack: " + name + ", with: { " + with + " } }");
    }

    @Test
    void aPolicyWhoseParameterHasNoValueIsLeftOut() {
        assertThat(specs("- pack: production-database"))
                .extracting(PolicySpec::policy)
                .contains("db.max-rows")
                .doesNotContain("db.protect-tables");
        assertThat(specs("- { pack: production-database, with: { tables: [users] } }"))
                .filteredOn(spec -> "db.protect-tables".equals(spec.policy()))
                .singleElement()
                .satisfies(spec -> assertThat(spec.with()).isEqualTo(Map.of("tables", List.of("users"))));
    }

    @Test
    void whatTheEntrySaysHoldsForAllPoliciesOfThePack() {
        assertThat(specs("- { pack: production-database, on: shop.*, mode: observe, without: [db.max-rows] }"))
                .isNotEmpty()
                .allSatisfy(spec -> {
                    assertThat(spec.on()).isEqualTo("shop.*");
                    assertThat(spec.mode()).isEqualTo(EnactMode.OBSERVE);
                    assertThat(spec.policy()).isNotEqualTo("db.max-rows");
                });
    }

    @Test
    void aWrongValueForAParameterIsToldWithTheLineOfTheEntry() {
        assertThatThrownBy(() -> policies("- pack: production-database\n  with:\n    max-rows: many"))
                .isInstanceOf(PolicyConfigurationException.class)
                .hasMessageStartingWith("shop.yaml, line 4: parameter 'max' of policy 'db.max-rows'");
    }

    @Test
    void keysThatAPackDoesNotHaveAreRefused() {
        for (String key : List.of("reason: x", "name: x", "policy: time.code-freeze-active", "block: 'true'")) {
            assertThatThrownBy(() -> specs("- pack: production-database\n  " + key))
                    .isInstanceOf(PolicyConfigurationException.class)
                    .hasMessageContaining("which has only with, without, on and mode");
        }
    }

    @Test
    void aPackProtectsWhatItSays() {
        PolicySet set = policies("- { pack: production-database, with: { tables: [users] } }");

        assertThat(set.decide(Requests.request("postgres.execute", "sql", "SELECT * FROM users"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(set.decide(Requests.request("postgres.execute", "sql", "DELETE FROM orders"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(set.decide(Requests.request("postgres.execute", "sql", "DELETE FROM orders WHERE id = 7"))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    private static List<PolicySpec> specs(String entries) {
        return new PolicyFiles(List.of()).read(List.of(file(entries))).specs();
    }

    private static PolicySet policies(String entries) {
        return PolicyToolbox.standard().policies(List.of(file(entries)));
    }

    private static PolicyFile file(String entries) {
        return new PolicyFile("shop.yaml", "policies:\n" + entries + "\n");
    }
}
