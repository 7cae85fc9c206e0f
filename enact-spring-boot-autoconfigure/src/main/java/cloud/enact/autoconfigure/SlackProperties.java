package cloud.enact.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors for Slack.
 *
 * @param connectors Connectors by name, the second part of the names of their actions: the one called work has actions such as slack.work.post_message. One that is called slack has no second part.
 */
record SlackProperties(@DefaultValue Map<String, Connector> connectors) {

    /**
     * A connector.
     *
     * @param endpoint Where the Web API is.
     * @param token Bot token it works with. Taken from the SLACK_BOT_TOKEN environment variable when not set.
     * @param channels Ids or names of channels it may use, where a star stands for any characters. None by default.
     * @param operations Operations that are allowed, such as post_message, update_message. None by default.
     * @param requestTimeout How long to wait for an answer.
     */
    record Connector(
            @DefaultValue("https://slack.com/api/") URI endpoint,
            @Nullable String token,
            @DefaultValue Set<String> channels,
            @DefaultValue Set<String> operations,
            @DefaultValue("10s") Duration requestTimeout) {

        @Override
        public String toString() {
            return "Connector[***]";
        }
    }
}
