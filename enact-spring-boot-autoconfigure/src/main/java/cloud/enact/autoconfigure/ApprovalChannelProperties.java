package cloud.enact.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How people are told that they are asked. */
final class ApprovalChannelProperties {

    private ApprovalChannelProperties() {}

    /**
     * Links that answer without a log-in.
     *
     * @param enabled Whether messages have links, and the application serves the page behind them.
     * @param baseUrl Address of the application as people reach it, such as https://agents.example.org. Never taken from a request.
     */
    record Links(
            @DefaultValue("false") boolean enabled,
            @Nullable URI baseUrl) {}

    /**
     * E-mail to those who are asked.
     *
     * @param to Addresses of those who are asked every time. None by default.
     * @param from Address that messages come from.
     * @param sender Name of the JavaMailSender bean it sends with. The only one, or the primary one, if nothing is said.
     * @param dryRun Whether messages, with their links, are written to the log instead of sent. Also switched on by ENACT_EMAIL_DRY_RUN=1.
     */
    record Email(
            @DefaultValue Set<String> to,
            @Nullable String from,
            @Nullable String sender,
            @DefaultValue("false") boolean dryRun) {}

    /**
     * An address that requests are posted to.
     *
     * @param url Address that requests are posted to as CloudEvents. None by default.
     * @param approver Who answers with the links in it, as receipts name that.
     * @param secret Signs each request as Standard Webhooks does: at least 24 bytes, in base64 when it begins with whsec_.
     * @param headers Headers of each request, such as Authorization.
     * @param timeout How long one request may take.
     * @param allowHttp Whether the address may begin with http. For development only.
     */
    record Webhook(
            @Nullable URI url,
            @DefaultValue("webhook") String approver,
            @Nullable String secret,
            @DefaultValue Map<String, String> headers,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("false") boolean allowHttp)
            implements WebhookSettings {

        @Override
        public String toString() {
            return "Webhook[***]";
        }
    }

    /**
     * Messages in Slack.
     *
     * @param to Ids of channels or people that get a message. None by default.
     * @param token Bot token with the right to post. Taken from the SLACK_BOT_TOKEN environment variable when not set.
     * @param endpoint Where the Web API is.
     * @param requestTimeout How long to wait for an answer.
     */
    record Slack(
            @DefaultValue Set<String> to,
            @Nullable String token,
            @DefaultValue("https://slack.com/api/") URI endpoint,
            @DefaultValue("10s") Duration requestTimeout) {

        @Override
        public String toString() {
            return "Slack[***]";
        }
    }
}
