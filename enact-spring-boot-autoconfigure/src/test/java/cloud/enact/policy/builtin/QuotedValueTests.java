package cloud.enact.policy.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values in the reasons of policies, which are masked later. */
class QuotedValueTests {

    private static final String SECRET = "ghp_aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1cD3eF5";

    @Test
    void aLongValueIsCut() {
        assertThat(ArgumentPolicy.quoted("a".repeat(80))).isEqualTo("'" + "a".repeat(80) + "'");
        assertThat(ArgumentPolicy.quoted("a".repeat(81))).isEqualTo("'" + "a".repeat(80) + "…'");
    }

    @Test
    void aSecretIsLeftOutRatherThanCutInHalf() {
        assertThat(ArgumentPolicy.quoted("/home/" + "a".repeat(60) + "/" + SECRET + "/b"))
                .isEqualTo("'/home/" + "a".repeat(60) + "/…'");
        assertThat(ArgumentPolicy.quoted(SECRET + "/" + "b".repeat(100))).startsWith("'" + SECRET + "/bbb");
    }
}
