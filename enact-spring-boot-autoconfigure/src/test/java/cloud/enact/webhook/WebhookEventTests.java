package cloud.enact.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookEventTests {

    @Test
    void anEventDoesNotTellItsLinksToALog() {
        WebhookEvent event = new WebhookEvent(
                "7",
                "urn:enact:approvals",
                "asked",
                Instant.EPOCH,
                Map.of("approve", "https://enact.example/a-secret"));

        assertThat(event.toString()).contains("asked", "7").doesNotContain("a-secret");
    }
}
