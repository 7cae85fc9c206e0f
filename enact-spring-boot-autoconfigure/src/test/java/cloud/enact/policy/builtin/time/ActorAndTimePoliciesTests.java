package cloud.enact.policy.builtin.time;

import static cloud.enact.action.Reversibility.IRREVERSIBLE;
import static cloud.enact.action.Reversibility.READ_ONLY;
import static cloud.enact.policy.Requests.at;
import static cloud.enact.policy.Requests.by;
import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.Actor;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.catalogue.Catalogue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorAndTimePoliciesTests {

    @Test
    void rolesComeFromTheActorAndNeverFromArguments() {
        PolicySet set = Catalogue.set("access.require-actor-role", Map.of("roles", "admin, support"));

        assertThat(effect(set, by(Actor.of("a", "support"), "x.y"))).isEqualTo(Effect.PASS);
        assertThat(effect(set, by(Actor.of("a", "ROLE_admin", "dev"), "x.y"))).isEqualTo(Effect.BLOCK);
        assertThat(effect(set, by(Actor.of("a", "Admin"), "x.y"))).isEqualTo(Effect.BLOCK);
        assertThat(effect(set, by(Actor.anonymous(), "x.y"))).isEqualTo(Effect.BLOCK);
        assertThat(effect(set, request("x.y", "roles", List.of("admin"), "actor", Map.of("roles", "admin"))))
                .isEqualTo(Effect.BLOCK);
        assertThat(Catalogue.judge(set, by(Actor.anonymous(), "x.y")).reason()).contains("admin, support");
    }

    @Test
    void prefixOfSpringSecurityIsLeftOutOfTheConfiguration() {
        PolicySet set = Catalogue.set("access.require-actor-role", Map.of("roles", "ROLE_admin"));

        assertThat(effect(set, by(Actor.of("a", "admin"), "x.y"))).isEqualTo(Effect.PASS);
    }

    @Test
    void rolesMustBeNamed() {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("access.require-actor-role", Map.of("roles", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:59:59.999Z, BLOCK",
        "2026-11-20T10:00:00Z, PASS",
        "2026-11-20T11:59:59.999Z, PASS",
        "2026-11-20T12:00:00Z, BLOCK",
        "2026-11-20T00:00:00Z, BLOCK"
    })
    void startIsInclusiveAndEndExclusive(Instant time, Effect effect) {
        PolicySet set = window("10:00", "12:00", "UTC", "");

        assertThat(effect(set, at(time, IRREVERSIBLE))).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-20 is a Friday
        "2026-11-20T22:00:00Z, PASS", "2026-11-20T23:59:59Z, PASS", "2026-11-21T00:00:00Z, PASS",
        "2026-11-21T01:59:59Z, PASS", "2026-11-21T02:00:00Z, BLOCK", "2026-11-20T01:00:00Z, BLOCK",
        "2026-11-21T22:00:00Z, BLOCK", "2026-11-22T01:00:00Z, BLOCK", "2026-11-20T21:59:59Z, BLOCK"
    })
    void windowOverMidnightBelongsToTheDayOnWhichItStarts(Instant time, Effect effect) {
        PolicySet set = window("22:00", "02:00", "UTC", "FRI");

        assertThat(effect(set, at(time, IRREVERSIBLE))).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({
        // Berlin is two hours ahead until 2026-10-25 01:00 UTC, and one from then
        "2026-10-24T20:00:00Z, PASS",
        "2026-10-25T20:00:00Z, BLOCK",
        "2026-10-25T21:00:00Z, PASS",
        "2026-10-24T19:59:59Z, BLOCK"
    })
    void windowFollowsTheClockOnTheWall(Instant time, Effect effect) {
        PolicySet set = window("22:00", "24:00", "Europe/Berlin", "");

        assertThat(effect(set, at(time, IRREVERSIBLE))).isEqualTo(effect);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-20T12:00:00Z", "2026-10-25T01:50:00Z", "2026-03-29T00:59:00Z", "2026-12-31T23:59:59Z"})
    void suggestedTimeIsInsideTheWindow(Instant time) {
        for (PolicySet set : List.of(
                window("22:00", "02:00", "Europe/Berlin", "SUN"),
                window("02:15", "02:45", "Europe/Berlin", ""),
                window("10:00", "10:01", "Asia/Kathmandu", "MON-WED"))) {
            String reason = Catalogue.judge(set, at(time, IRREVERSIBLE)).reason();
            Matcher suggestion = Pattern.compile("from (\\S+)\\.$").matcher(reason);

            assertThat(suggestion.find()).as(reason).isTrue();
            Instant opening = OffsetDateTime.parse(suggestion.group(1)).toInstant();
            assertThat(effect(set, at(opening, IRREVERSIBLE))).isEqualTo(Effect.PASS);
        }
    }

    @Test
    void windowIsCheckedAtStart() {
        for (Map<String, String> wrong : List.of(
                Map.of("start", "10:00"),
                Map.of("end", "10:00"),
                Map.of("start", "10:00", "end", "10:00"),
                Map.of("start", "x", "end", "10:00"),
                Map.of("start", "10:00", "end", "11:00", "zone", "Nowhere"),
                Map.of("start", "10:00", "end", "11:00", "days", "someday"))) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> Catalogue.set("time.within-maintenance-window", wrong));
        }
    }

    @Test
    void readingIsNoChange() {
        PolicySet window = window("10:00", "10:01", "UTC", "");
        PolicySet freeze = Catalogue.set("time.code-freeze-active", Map.of("freeze", true));
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(effect(window, at(noon, READ_ONLY))).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(freeze, at(noon, READ_ONLY))).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(freeze, at(noon, IRREVERSIBLE))).isEqualTo(Effect.BLOCK);
    }

    @Test
    void freezeIsSwitchedByParameterOrEnvironment() {
        AtomicReference<String> variable = new AtomicReference<>();
        BuiltinPolicies policies =
                new BuiltinPolicies(name -> name.equals("ENACT_FREEZE") ? variable.get() : null, Catalogue.HOME);
        PolicySet set = Catalogue.set(policies, "time.code-freeze-active", Map.of(), null);

        assertThat(effect(set, request("x.y"))).isEqualTo(Effect.PASS);
        for (String off : List.of("", "0", "false", " No ", "off")) {
            variable.set(off);
            assertThat(effect(set, request("x.y"))).as(off).isEqualTo(Effect.PASS);
        }
        for (String on : List.of("1", "true", "yes", "until monday")) {
            variable.set(on);
            assertThat(effect(set, request("x.y"))).as(on).isEqualTo(Effect.BLOCK);
        }
    }

    @Test
    void brokenEnvironmentBlocks() {
        BuiltinPolicies policies = new BuiltinPolicies(
                name -> {
                    throw new IllegalStateException("no environment");
                },
                Catalogue.HOME);

        assertThat(effect(Catalogue.set(policies, "time.code-freeze-active", Map.of(), null), request("x.y")))
                .isEqualTo(Effect.BLOCK);
    }

    private static PolicySet window(String start, String end, String zone, String days) {
        return Catalogue.set(
                "time.within-maintenance-window", Map.of("start", start, "end", end, "zone", zone, "days", days));
    }

    private static Effect effect(PolicySet set, cloud.enact.action.ActionRequest request) {
        return Catalogue.judge(set, request).effect();
    }
}
