package cloud.enact.policy.builtin.slack;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackPoliciesTests {

    private static final PolicySet LISTED = Catalogue.set(
            "slack.require-channel-allowlist", Map.of("channels", List.of("#deploys", "C0123456789", "ops")));

    private static final PolicySet DMS = Catalogue.set("slack.block-dms", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploys",
                "#deploys",
                "#Deploys ",
                "#de\u200Bploys",
                "\uFF03deploys",
                "C0123456789",
                "<#C0123456789|anything>",
                "https://acme.slack.com/archives/C0123456789/p1",
                "#ops",
                "deploys, ops"
            })
    void listedChannelsPassHoweverTheyAreWritten(String channel) {
        assertThat(post(LISTED, "channel", channel)).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#general",
                "deploys-2",
                "#deploys, #general",
                "deploys general",
                "<#C999|deploys>",
                "https://acme.slack.com/archives/C999?x=C0123456789",
                "#d\u0435ploys",
                "C01234567890",
                "@deploys-bot",
                "U0123456789",
                "#"
            })
    void otherChannelsAreBlocked(String channel) {
        assertThat(post(LISTED, "channel", channel)).isEqualTo(Effect.BLOCK);
    }

    @Test
    void everyTargetCounts() {
        assertThat(post(LISTED, "channels", List.of("#deploys", "#general"))).isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "payload", Map.of("channelId", "C999"))).isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "channel", Map.of("id", "C999", "name", "deploys")))
                .isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "channel", Map.of("id", "C0123456789", "name", "general")))
                .isEqualTo(Effect.PASS);
        assertThat(post(LISTED, "channel", "#deploys", "to", "#general")).isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "user", "U1")).isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "channel", "#deploys", "user", "U1")).isEqualTo(Effect.PASS);
        assertThat(post(LISTED, "text", "see #general")).isEqualTo(Effect.PASS);
        assertThat(post(LISTED, "channel", null)).isEqualTo(Effect.PASS);
        assertThat(post(LISTED, "channel", 5)).isEqualTo(Effect.BLOCK);
        assertThat(post(LISTED, "channel", "#deploys,".repeat(100_000) + "#general"))
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void itIsAboutMessages() {
        assertThat(effect(LISTED, "slack.read_channel", "channel", "#general")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(LISTED, "notifier.post_message", "channel", "#general"))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(LISTED, "tv.switch", "channel", "5")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(LISTED, "chat.postMessage", "channel", "#general")).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @CsvSource({
        "D0123456789, BLOCK",
        "U0123456789, BLOCK",
        "W012A3CDE, BLOCK",
        "u0123456789, BLOCK",
        "@ann, BLOCK",
        "＠ann, BLOCK",
        "<@U0123456789>, BLOCK",
        "<@U0123456789|ann>, BLOCK",
        "ann@example.com, BLOCK",
        "mpdm-ann--bob-1, BLOCK",
        "https://acme.slack.com/archives/D0123456789, BLOCK",
        "'#general, @ann', BLOCK",
        "D1, PASS",
        "#general, PASS",
        "dev, PASS",
        "updates, PASS",
        "design-2, PASS",
        "u2, PASS",
        "C0123456789, PASS",
        "G0123456789, PASS",
        "'', PASS"
    })
    void directMessagesAreBlocked(String channel, Effect effect) {
        assertThat(post(DMS, "channel", channel)).isEqualTo(effect);
    }

    @Test
    void directMessagesAreKnownByTheActionAndByPeopleAsWell() {
        assertThat(effect(DMS, "slack.send_direct_message", "text", "hi")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DMS, "slack.send_dm")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DMS, "slack.im.open", "users", "U1")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DMS, "slack.conversations_open", "users", List.of("U1", "U2")))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DMS, "slack.post_ephemeral", "channel", "#general", "user", "U1"))
                .isEqualTo(Effect.PASS);
        assertThat(effect(DMS, "slack.set_status", "user", "U1")).isEqualTo(Effect.PASS);
        assertThat(effect(DMS, "slack.read_dms")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DMS, "slack.post_message", "channel", "#general", "text", "thanks @ann"))
                .isEqualTo(Effect.PASS);
    }

    @Test
    void suggestedAlternativePasses() {
        assertThat(post(LISTED, "channel", "#deploys")).isEqualTo(Effect.PASS);
        assertThat(post(DMS, "channel", "#general")).isEqualTo(Effect.PASS);
    }

    @Test
    void listIsCheckedAtStart() {
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of(), Map.of("channels", ""), Map.of("channels", "#"), Map.of("channels", List.of("a b")))) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> Catalogue.set("slack.require-channel-allowlist", wrong));
        }
    }

    private static Effect post(PolicySet set, Object... args) {
        return effect(set, "slack.post_message", args);
    }

    private static Effect effect(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args)).effect();
    }
}
