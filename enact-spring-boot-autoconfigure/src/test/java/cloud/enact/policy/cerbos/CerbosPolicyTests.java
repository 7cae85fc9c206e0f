package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.cerbos.CerbosSettings.NoMatch;
import cloud.enact.policy.cerbos.CerbosSettings.RoleCombining;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Cerbos-format files say of calls. */
class CerbosPolicyTests {

    private static final String REFUNDS = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              resource: billing
              version: default
              rules:
                - name: large-refunds
                  actions: [refund]
                  roles: ["*"]
                  effect: EFFECT_DENY
                  condition:
                    match:
                      expr: R.attr.amount > 500
                  output:
                    when:
                      ruleActivated: '"Refunds of %s need a person".format([R.attr.amount])'
                - name: refunds
                  actions: ["refund*"]
                  roles: ["*"]
                  effect: EFFECT_ALLOW
            """;

    private static final String ROLES = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              resource: crm
              version: default
              rules:
                - {actions: [delete], roles: [intern], effect: EFFECT_DENY}
                - {actions: [delete], roles: [admin], effect: EFFECT_ALLOW}
            """;

    @Test
    void aRuleThatDeniesBlocksAndItsOutputIsTheReason() {
        Verdict verdict = judge(REFUNDS, "billing.refund", Map.of("amount", 501));

        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason())
                .isEqualTo("Refunds of 501 need a person (Cerbos rule resource.billing.vdefault#large-refunds)");
    }

    @Test
    void aRuleThatAllowsPasses() {
        Verdict verdict = judge(REFUNDS, "billing.refund", Map.of("amount", 500));

        assertThat(verdict.effect()).isEqualTo(Effect.PASS);
        assertThat(verdict.reason()).contains("resource.billing.vdefault#refunds");
    }

    @Test
    void whatNoRuleIsAboutIsLeftToOthersOrBlocked() {
        assertThat(judge(REFUNDS, "billing.cancel", Map.of()).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(REFUNDS, "files.read", Map.of()).effect()).isEqualTo(Effect.ABSTAIN);

        Verdict blocked = policy(settings(true, NoMatch.BLOCK, RoleCombining.CERBOS), REFUNDS)
                .judge(Requests.request("files.read"));

        assertThat(blocked.effect()).isEqualTo(Effect.BLOCK);
        assertThat(blocked.reason()).contains("what they do not name is blocked");
    }

    @Test
    void aRuleThatCanNotBeEvaluatedBlocksWithoutSayingWhatItRead() {
        Verdict verdict = judge(REFUNDS, "billing.refund", Map.of("amount", "sk-secret"));

        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason())
                .contains("resource.billing.vdefault#large-refunds")
                .contains("a value has another type")
                .doesNotContain("secret");
        assertThat(judge(REFUNDS, "billing.refund", Map.of()).effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void withTheOriginalSemanticsARuleThatCanNotBeEvaluatedDoesNotHold() {
        ActionPolicy policy = policy(settings(false, NoMatch.ABSTAIN, RoleCombining.CERBOS), REFUNDS);

        assertThat(policy.judge(Requests.request("billing.refund", "amount", "many"))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void rulesMayNameTheOperationOrTheWholeAction() {
        String whole = REFUNDS.replace("actions: [refund]", "actions: [billing.refund]");

        assertThat(judge(whole, "billing.refund", Map.of("amount", 501)).effect())
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @CsvSource({
        "CERBOS,         admin,        PASS",
        "CERBOS,         intern,       BLOCK",
        "CERBOS,         admin+intern, PASS",
        "DENY_OVERRIDES, admin+intern, BLOCK",
        "DENY_OVERRIDES, admin,        PASS",
        "DENY_OVERRIDES, guest,        ABSTAIN",
    })
    void aDenialForOneRoleHoldsForTheOthersWhereThatIsWanted(RoleCombining combining, String roles, Effect wanted) {
        ActionPolicy policy = policy(settings(true, NoMatch.ABSTAIN, combining), ROLES);
        Actor actor = Actor.of("ann@example.com", roles.split("\\+"));

        assertThat(policy.judge(Requests.by(actor, "crm.delete")).effect()).isEqualTo(wanted);
    }

    @Test
    void rulesForEverybodyHoldForSomebodyWithoutAnyRole() {
        assertThat(policy(CerbosSettings.defaults(), REFUNDS)
                        .judge(Requests.request("billing.refund", "amount", 501))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void neitherArgumentsNorAttributesCanPretendToBeWhatEnactKnows() {
        String policy = """
                apiVersion: api.cerbos.dev/v1
                resourcePolicy:
                  resource: crm
                  version: default
                  rules:
                    - actions: [delete]
                      roles: ["*"]
                      effect: EFFECT_DENY
                      condition:
                        match:
                          all:
                            of:
                              - expr: R.attr.enact.reversibility == "IRREVERSIBLE" && R.attr.enact.system == "crm"
                              - expr: P.attr.enact.agent == "bot" && P.attr.department == "sales"
                """;
        Map<String, @Nullable Object> forged =
                Map.of("enact", Map.of("reversibility", "REVERSIBLE", "system", "x", "agent", "me"));
        Map<String, @Nullable Object> attributes = new HashMap<>(forged);
        attributes.put("department", "sales");
        Actor actor = new Actor("ann@example.com", Set.of("rep"), attributes, "bot", null, "caller");

        Verdict verdict = policy(CerbosSettings.defaults(), policy)
                .judge(Requests.request("crm.delete", forged, actor, CerbosCases.NOW, Reversibility.IRREVERSIBLE));

        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void anOutputWithoutWordsIsNoReason() {
        String policy = REFUNDS.replace("'\"Refunds of %s need a person\".format([R.attr.amount])'", "'{\"a\": 1}'");

        assertThat(judge(policy, "billing.refund", Map.of("amount", 501)).reason())
                .startsWith("The Cerbos rule resource.billing.vdefault#large-refunds denies this call.");
    }

    @Test
    void controlCharactersOfAnOutputAreNotPassedOn() {
        String policy = REFUNDS.replace("'\"Refunds of %s need a person\".format([R.attr.amount])'", "R.attr.text");

        assertThat(judge(policy, "billing.refund", Map.of("amount", 501, "text", "a\u001b[31m\nb"))
                        .reason())
                .startsWith("a [31m b (");
    }

    @Test
    void hostileArgumentsGetAVerdict() {
        ActionPolicy policy = policy(CerbosSettings.defaults(), REFUNDS);
        Object[] values = {
            null, true, 7L, -0.0, "\u0000\ud800\u202e", "x".repeat(1_000_000), List.of(List.of()), Map.of("a", Map.of())
        };

        for (Object value : values) {
            assertThat(policy.judge(Requests.request("billing.refund", "amount", value))
                            .effect())
                    .isIn(Effect.BLOCK, Effect.PASS);
            assertThat(policy.judge(Requests.request("billing.refund", "other", value))
                            .effect())
                    .isEqualTo(Effect.BLOCK);
        }
    }

    @Test
    void theDigestTellsFilesAndSettingsApart() {
        String plain = canonical(CerbosSettings.defaults(), REFUNDS);

        assertThat(canonical(CerbosSettings.defaults(), REFUNDS)).isEqualTo(plain);
        assertThat(canonical(CerbosSettings.defaults(), REFUNDS + "\n")).isNotEqualTo(plain);
        assertThat(canonical(settings(false, NoMatch.ABSTAIN, RoleCombining.CERBOS), REFUNDS))
                .isNotEqualTo(plain);
    }

    private static Verdict judge(String policy, String action, Map<String, @Nullable Object> args) {
        Actor actor = Actor.of("ann@example.com", "clerk");
        return policy(CerbosSettings.defaults(), policy)
                .judge(Requests.request(action, args, actor, CerbosCases.NOW, Reversibility.IRREVERSIBLE));
    }

    private static CerbosSettings settings(boolean strict, NoMatch noMatch, RoleCombining combining) {
        return new CerbosSettings(strict, noMatch, combining, "default", "", false, Map.of());
    }

    private static ActionPolicy policy(CerbosSettings settings, String... texts) {
        return new CerbosPolicyFiles(settings).read(files(texts)).get(0).policy();
    }

    private static String canonical(CerbosSettings settings, String... texts) {
        return new CerbosPolicyFiles(settings).read(files(texts)).get(0).canonical();
    }

    private static List<PolicyFile> files(String... texts) {
        return Arrays.stream(texts).map(text -> new PolicyFile("p.yaml", text)).toList();
    }
}
