package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Sha256;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.hook.Installation;
import cloud.enact.hook.InstallationTokens;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Which installations of a coding agent may ask, and what stops an application that answers hooks. */
class HookStartupTests {

    private static final String TOKEN = "a-token-that-is-long-enough";

    @Test
    void withoutInstallationThereIsNobodyToAnswer() {
        assertThatThrownBy(() -> tokens()).isInstanceOfSatisfying(EnactStartupException.class, ex -> {
            assertThat(ex.getDescription()).contains("no installation may ask");
            assertThat(ex.getAction()).contains("ENACT_HOOK_TOKEN");
        });
    }

    @Test
    void anInstallationNeedsATokenAndAnId() {
        assertThatThrownBy(() -> tokens(entry("ana", "", null)))
                .isInstanceOf(EnactStartupException.class)
                .hasMessageContaining("installations[0] needs a token");
        assertThatThrownBy(() -> tokens(entry("ana", TOKEN, hash(TOKEN))))
                .isInstanceOf(EnactStartupException.class)
                .hasMessageContaining("and not both");
        assertThatThrownBy(() -> tokens(entry(" ", TOKEN, null)))
                .isInstanceOf(EnactStartupException.class)
                .hasMessageContaining("installations[0] has no id");
    }

    @Test
    void twoInstallationsCanNotHaveTheSameToken() {
        assertThatThrownBy(() -> tokens(entry("ana", TOKEN, null), entry("bob", null, hash(TOKEN))))
                .isInstanceOf(EnactStartupException.class)
                .hasMessageContaining("installations[1]")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void aTokenIsKnownByItselfOrByItsDigestAndNobodyWithoutIt() {
        InstallationTokens tokens = tokens(entry("ana", TOKEN, null), entry("bob", null, hash("another-token-of-bob")));

        assertThat(tokens.of("Bearer " + TOKEN)).map(Installation::id).hasValue("ana");
        assertThat(tokens.of("bearer another-token-of-bob"))
                .map(Installation::id)
                .hasValue("bob");
        assertThat(tokens.of("Bearer " + TOKEN + "x")).isEmpty();
        assertThat(tokens.of("Bearer ")).isEmpty();
        assertThat(tokens.of(TOKEN)).isEmpty();
        assertThat(tokens.of(null)).isEmpty();
        assertThat(tokens.toString()).doesNotContain(TOKEN);
    }

    private static InstallationTokens tokens(HookProperties.InstallationEntry... entries) {
        return HookInstallations.of(new HookProperties.ClaudeCode(
                true,
                HookProperties.OnPass.PASSTHROUGH,
                List.of(entries),
                new HookProperties.Undo(false, List.of(), 1, DataSize.ofMegabytes(1), HookProperties.Uncovered.PASS)));
    }

    private static HookProperties.InstallationEntry entry(String id, String token, String hash) {
        return new HookProperties.InstallationEntry(id, Set.of(), token, hash, false);
    }

    private static String hash(String token) {
        return "sha256:" + HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
