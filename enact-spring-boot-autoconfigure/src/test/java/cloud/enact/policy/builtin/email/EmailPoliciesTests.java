package cloud.enact.policy.builtin.email;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Remembered;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailPoliciesTests {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final PolicySet MASS = Catalogue.set("email.no-mass-emails", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.example, b@x.example",
                "a@x.example;b@x.example",
                "a@x.example b@x.example",
                "a@x.example\nb@x.example",
                "a@x.example\uFF0Cb@x.example",
                "Ann <a@x.example>, Bob <b@x.example>",
                "\"Doe, John\" <a@x.example>, \"Roe, Jane\" <b@x.example>",
                "[\"a@x.example\", \"b@x.example\"]",
                "a@x.example,,b@x.example",
                "Team: a@x.example, b@x.example;",
                "mailto:a@x.example?cc=b@x.example",
                "a@x.example%2Cb@x.example",
                "a@x.example\r\nBcc: b@x.example",
                "all@x.example",
                "Everyone <all-staff@x.example>",
                "everyone",
                "ann, bob"
            })
    void severalRecipientsAreBlockedHoweverTheyAreWritten(String to) {
        assertThat(mass("to", to)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.example",
                " <A@X.example> ",
                "\"Doe, John\" <a@x.example>",
                "Doe, John <a@x.example>",
                "a@x.example <a@x.example>",
                "\"b@y.example\" <a@x.example>",
                "a@x.example, A@X.EXAMPLE",
                "a@x.example,",
                "allison@x.example",
                "team@x.example",
                "a+b@x.example",
                "a\u200B@x.example",
                "U123",
                ""
            })
    void oneRecipientPassesHoweverItIsWritten(String to) {
        assertThat(mass("to", to)).isEqualTo(Effect.PASS);
    }

    @Test
    void recipientsAreCountedOverAllFields() {
        assertThat(mass("to", "a@x.example", "cc", "b@x.example")).isEqualTo(Effect.BLOCK);
        assertThat(mass("to", "a@x.example", "Bcc", List.of("b@x.example"))).isEqualTo(Effect.BLOCK);
        assertThat(mass("to", List.of("a@x.example", Map.of("email", "b@x.example"))))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("message", Map.of("toRecipients", List.of(address("a"), address("b")))))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("personalizations", List.of(Map.of("to", "a@x.example"), Map.of("to", "b@x.example"))))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("to", "a@x.example", "headers", Map.of("BCC", "b@x.example")))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("to", "a@x.example", "headers", List.of("Bcc: b@x.example")))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("to", "a@x.example", "subject", "Hi\r\nBcc: b@x.example,\r\n c@x.example"))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("raw", base64("To: a@x.example\r\nBcc: b@x.example\r\n\r\nHello")))
                .isEqualTo(Effect.BLOCK);
        assertThat(mass("audience_id", 7)).isEqualTo(Effect.BLOCK);
        assertThat(mass("send_to_all", true)).isEqualTo(Effect.BLOCK);
        assertThat(mass("to", Map.of("java_type", "Person"))).isEqualTo(Effect.BLOCK);
        assertThat(mass("to", "a@x.example,".repeat(100_000) + "b@x.example")).isEqualTo(Effect.BLOCK);
    }

    @Test
    void whatIsNoRecipientDoesNotCount() {
        assertThat(mass("to", Map.of("name", "Doe, John", "address", "a@x.example"), "from", "me@x.example"))
                .isEqualTo(Effect.PASS);
        assertThat(mass("to", "a@x.example", "reply_to", "b@x.example", "from_email", "c@x.example"))
                .isEqualTo(Effect.PASS);
        assertThat(mass("to", "a@x.example", "body", "Ask b@x.example, c@x.example\nBcc: d@x.example"))
                .isEqualTo(Effect.PASS);
        assertThat(mass("to", "a@x.example", "cc", "", "bcc", List.of(), "send_to_all", false))
                .isEqualTo(Effect.PASS);
        assertThat(mass("raw", base64("To: a@x.example\r\nSubject: x\r\n\r\nBcc: b@x.example")))
                .isEqualTo(Effect.PASS);
        assertThat(mass("to", 5)).isEqualTo(Effect.PASS);
        assertThat(mass("to", null)).isEqualTo(Effect.PASS);
        assertThat(mass()).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "gmail.send_message, BLOCK",
        "mailer.send, BLOCK",
        "crm.notify, BLOCK",
        "email.forward, BLOCK",
        "sendgrid.v3_mail_send, BLOCK",
        "sendEmail, BLOCK",
        "email.search, ABSTAIN",
        "email.list_drafts, ABSTAIN",
        "gmail.create_draft, ABSTAIN",
        "calendar.create_event, ABSTAIN",
        "git.push, ABSTAIN"
    })
    void itIsAboutActionsThatSendMail(String action, Effect effect) {
        ActionRequest request = request(action, "to", List.of("a@x.example", "b@x.example"));

        assertThat(Catalogue.judge(MASS, request).effect()).isEqualTo(effect);
    }

    @Test
    void maximumIsAParameter() {
        PolicySet two = Catalogue.set("email.no-mass-emails", Map.of("max", 2));

        assertThat(judge(two, "to", "a@x.example,b@x.example")).isEqualTo(Effect.PASS);
        assertThat(judge(two, "to", "a@x.example,b@x.example", "cc", "c@x.example"))
                .isEqualTo(Effect.BLOCK);
        for (Object wrong : List.of("0", "-1", "many", 1.5)) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> Catalogue.set("email.no-mass-emails", Map.of("max", wrong)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a@x.example, a@x.example, BLOCK",
        "a@x.example, Ann <A@X.EXAMPLE>, BLOCK",
        "a@x.example, a+urgent@x.example, BLOCK",
        "ann.lee@gmail.com, annlee+x@googlemail.com, BLOCK",
        "'a@x.example, b@x.example', b@x.example, BLOCK",
        "a@x.example, b@x.example, PASS",
        "a@x.example, a@y.example, PASS",
        "ann.lee@x.example, annlee@x.example, PASS",
        "***, a@x.example, BLOCK"
    })
    void whoHasHadAMailGetsNoOther(String before, String now, Effect effect) {
        PolicySet set = repeat("24h", sent(NOW.minus(Duration.ofHours(23)), "to", before));

        assertThat(judge(set, "to", now)).isEqualTo(effect);
        assertThat(judge(set, "cc", now)).isEqualTo(effect);
    }

    @Test
    void onlyTheWindowCounts() {
        EarlierAction action = sent(NOW.minus(Duration.ofHours(25)), "to", "a@x.example");

        assertThat(judge(repeat("24h", action), "to", "a@x.example")).isEqualTo(Effect.PASS);
        assertThat(judge(repeat("2d", action), "to", "a@x.example")).isEqualTo(Effect.BLOCK);
        assertThat(judge(repeat("PT26H", action), "to", "a@x.example")).isEqualTo(Effect.BLOCK);
        for (Object wrong : List.of("", "soon", "0h", "-1d", "9999d", "99999999999999999999d", "d", "p", 5)) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .as(String.valueOf(wrong))
                    .isThrownBy(() -> Catalogue.set("email.no-repeat-emails", Map.of("window", wrong)));
        }
    }

    @Test
    void anotherToolOfTheSameRunCountsAsWell() {
        EarlierAction other =
                new EarlierAction("outlook.send_mail", Map.of("to", "a@x.example"), "agent", NOW.minusSeconds(1), null);
        EarlierAction note = new EarlierAction(
                "crm.update_contact", Map.of("email", "b@x.example"), "agent", NOW.minusSeconds(1), null);
        PolicySet set = repeat("24h", new Remembered(List.of(other, note)));

        assertThat(judge(set, "to", "a@x.example")).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "to", "b@x.example")).isEqualTo(Effect.PASS);
    }

    @Test
    void whatFailedIsNoMail() {
        EarlierAction failed = new EarlierAction(
                "mailer.send", Map.of("to", "a@x.example"), "agent", NOW.minusSeconds(1), null, null, true);

        assertThat(judge(repeat("24h", failed), "to", "a@x.example")).isEqualTo(Effect.PASS);
    }

    @Test
    void historyThatCannotBeReadBlocks() {
        PolicySet set = repeat("24h", Remembered.broken());

        assertThat(judge(set, "to", "a@x.example")).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "subject", "x")).isEqualTo(Effect.PASS);
    }

    private static EarlierAction sent(Instant time, String name, Object value) {
        return new EarlierAction("mailer.send", Map.of(name, value), "agent", time, null);
    }

    private static PolicySet repeat(String window, EarlierAction action) {
        return repeat(window, new Remembered(List.of(action)));
    }

    private static PolicySet repeat(String window, ActionHistory history) {
        return new PolicySetFactory(
                        Catalogue.policies().types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO, history)
                .create(List.of(new PolicySpec(
                        "email.no-repeat-emails",
                        null,
                        Map.of("window", window),
                        null,
                        null,
                        null,
                        null,
                        null,
                        "test")));
    }

    private static Map<String, Object> address(String name) {
        return Map.of("emailAddress", Map.of("address", name + "@x.example", "name", "Doe, " + name));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Effect mass(Object... args) {
        return judge(MASS, args);
    }

    private static Effect judge(PolicySet set, Object... args) {
        Verdict verdict = Catalogue.judge(
                set,
                Requests.request(
                        "mailer.send", request("", args).args(), Actor.anonymous(), NOW, Reversibility.IRREVERSIBLE));
        return verdict.effect();
    }
}
