package cloud.enact.policy.builtin.credential;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Requests;
import cloud.enact.policy.catalogue.Catalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialPoliciesTests {

    private static final PolicySet SET = Catalogue.set("credential.pause-on-resource-purpose-mismatch", Map.of());

    @ParameterizedTest
    @CsvSource({
        "domain registration, volume delete, ASK",
        "DNS, VolumeDelete, ASK",
        "domain_ops, storage_volume, ASK",
        "storage admin, user provisioning, ASK",
        "billing, database drop, ASK",
        "staging deploys, prod-db, ASK",
        "staging, https://api.prod.example.com, ASK",
        "prod, staging cluster, ASK",
        "read-only reporting, delete rows, ASK",
        "readonly, update invoice, ASK",
        "read only, create volume, ASK",
        "storage admin, volume delete, PASS",
        "dns, domain transfer, PASS",
        "storage for users, user list, PASS",
        "staging storage, staging volume, PASS",
        "read-only storage, list volumes, PASS",
        "authored content, volume delete, PASS",
        "general purpose, volume delete, PASS",
        "domain registration, something, PASS",
        "'', volume delete, PASS",
        "production, products table, PASS"
    })
    void labelMustFitTheResource(String purpose, String resource, Effect effect) {
        assertThat(judge("platform.call", "credential_purpose", purpose, "resource_target", resource))
                .isEqualTo(effect);
    }

    @Test
    void labelsAndResourcesHaveManyNames() {
        assertThat(judge("railway.volumeDelete", "tokenPurpose", "domain ops")).isEqualTo(Effect.ASK);
        assertThat(judge("deploy.run", "credential", Map.of("name", "staging-deployer"), "environment", "production"))
                .isEqualTo(Effect.ASK);
        assertThat(judge("deploy.run", "credential_environment", "staging", "target", Map.of("cluster", "prod-eu")))
                .isEqualTo(Effect.ASK);
        assertThat(judge("deploy.run", "credential", "staging-deployer", "environment", "production"))
                .isEqualTo(Effect.ASK);
        assertThat(judge("db.delete_row", "credential", Map.of("access", List.of("read-only"))))
                .isEqualTo(Effect.ASK);
        assertThat(judge("db.get_row", "credential", Map.of("access", List.of("read-only"))))
                .isEqualTo(Effect.PASS);
        assertThat(judge("deploy.run", "service_account", "ci-staging", "env", "prod"))
                .isEqualTo(Effect.ASK);
    }

    @Test
    void labelsOfTheActorCountAsWell() {
        assertThat(by(Map.of("credential_purpose", "domain registration"), "volume.delete"))
                .isEqualTo(Effect.ASK);
        assertThat(by(Map.of("environment", "staging"), "deploy.production")).isEqualTo(Effect.ASK);
        assertThat(by(Map.of("environment", "staging"), "deploy.staging")).isEqualTo(Effect.PASS);
        assertThat(by(Map.of("team", "storage"), "dns.update")).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void withoutALabelItHasNothingToSay() {
        assertThat(judge("volume.delete", "resource_target", "volume")).isEqualTo(Effect.ABSTAIN);
        assertThat(judge("volume.delete", "token", "x9dns-vmProd.dns-81")).isEqualTo(Effect.ABSTAIN);
        assertThat(judge("volume.delete", "purpose", "dns")).isEqualTo(Effect.ABSTAIN);
        for (Object odd : new Object[] {null, 5, true, List.of(), Map.of(), "x ".repeat(500_000)}) {
            Map<String, Object> args = new HashMap<>();
            args.put("credential_purpose", odd);
            args.put("resource_target", odd);
            assertThat(Catalogue.judge(SET, request("x.y", "a", args)).effect()).isIn(Effect.ABSTAIN, Effect.PASS);
        }
    }

    private static Effect judge(String action, Object... args) {
        return Catalogue.judge(SET, request(action, args)).effect();
    }

    private static Effect by(Map<String, Object> attributes, String action) {
        Actor actor = new Actor("agent", Set.of(), attributes, null, null, "spring-security");
        return Catalogue.judge(
                        SET,
                        Requests.request(
                                action,
                                Map.of(),
                                actor,
                                Instant.parse("2026-11-20T12:00:00Z"),
                                Reversibility.IRREVERSIBLE))
                .effect();
    }
}
