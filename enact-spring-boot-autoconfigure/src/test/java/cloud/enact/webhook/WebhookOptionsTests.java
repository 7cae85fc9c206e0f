package cloud.enact.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookOptionsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "https:///path",
                "https:x",
                "https://user@example.org/",
                "https://user:password@example.org/",
                "relative"
            })
    void anAddressWithoutTlsOrWithAPasswordIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookOptions(URI.create(url), Map.of(), null, Duration.ofSeconds(1), false))
                .withMessageNotContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/", "https://user@example.org/"})
    void whoDoesWithoutTlsStillHasAnAddressToPostTo(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookOptions(URI.create(url), Map.of(), null, Duration.ofSeconds(1), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "whsec_AAAA", "whsec_not base64 but long enough to be one"})
    void aSecretThatIsTooShortIsRefusedAndNotTold(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookOptions(
                        URI.create("https://example.org/"), Map.of(), secret, Duration.ofSeconds(1), false))
                .satisfies(ex -> assertThat(ex.getMessage())
                        .isIn("the secret must have at least 24 bytes", "the secret is not in base64 after whsec_"));
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("Authorization", "a-se\ncret"),
                Arguments.of("Authorization", "a-secret\u0000b"),
                Arguments.of("X-Token", "a-secret\r\nHost: evil.example"),
                Arguments.of("Host", "a-secret"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderThatCannotBeSentIsRefusedAndItsValueNotTold(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of(name, value)))
                .withMessageContaining(name)
                .withMessageNotContaining("secret")
                .withMessageNotContaining("cret")
                .withNoCause();
    }

    @Test
    void theEndOfALineBehindATokenIsNotSent() {
        assertThat(options(Map.of("Authorization", "Bearer a-token\n")).headers())
                .isEqualTo(Map.of("Authorization", "Bearer a-token"));
    }

    private static WebhookOptions options(Map<String, String> headers) {
        return new WebhookOptions(URI.create("https://example.org/"), headers, null, Duration.ofSeconds(1), false);
    }
}
