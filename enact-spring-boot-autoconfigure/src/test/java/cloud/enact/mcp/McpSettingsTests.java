package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.policy.Effect;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpSettingsTests {

    @Test
    void theTicketIsPutIntoTheAddressOfThePage() {
        assertThat(settings(Set.of(), "10s", "https://agents.example.org/a#r-{ticket}")
                        .approvalPage("t1"))
                .isEqualTo("https://agents.example.org/a#r-t1");
        assertThat(settings(Set.of(), "10s", null).approvalPage("t1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "/enact/approvals", "https:///x", "https://u:p@agents.example.org/", "x y"
            })
    void aPageThatIsNoneIsRefused(String page) {
        refuses("enact.mcp.approval-page", Set.of(), "10s", page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "121s"})
    void aWaitThatNoClientWaitsIsRefused(String wait) {
        refuses("enact.mcp.max-wait", Set.of(), wait, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5f70", "sha256:5F70", "mcp.github.get_issue"})
    void whatIsNoDigestIsRefused(String digest) {
        refuses("enact.mcp.accept", Set.of(digest), "10s", null);
    }

    private static void refuses(String key, Set<String> accepted, String wait, @Nullable String page) {
        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> settings(accepted, wait, page))
                .withMessageStartingWith(key + " ")
                .satisfies(ex -> assertThat(ex.getAction()).isNotBlank());
    }

    private static McpSettings settings(Set<String> accepted, String wait, @Nullable String page) {
        return new McpSettings(
                "client", McpSettings.OnChange.ALERT, accepted, Effect.PASS, Duration.parse("PT" + wait), page);
    }
}
