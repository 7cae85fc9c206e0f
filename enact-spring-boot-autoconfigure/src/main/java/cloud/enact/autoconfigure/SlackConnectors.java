package cloud.enact.autoconfigure;

import cloud.enact.connector.slack.SlackConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import org.springframework.core.env.Environment;

/** Makes connectors for Slack from what is configured. */
final class SlackConnectors {

    /** Environment variable that holds the token when no property does. */
    static final String TOKEN_VARIABLE = "SLACK_BOT_TOKEN";

    private final SlackProperties properties;

    private final StepExecutor steps;

    private final Environment environment;

    SlackConnectors(SlackProperties properties, StepExecutor steps, Environment environment) {
        this.properties = properties;
        this.steps = steps;
        this.environment = environment;
    }

    /**
     * Makes a connector, and asks Slack whether its token is good for what is allowed.
     *
     * @throws EnactStartupException when it can't work
     */
    SlackConnector named(String key, String name) {
        ConnectorStartup startup = new ConnectorStartup(name, "enact.slack.connectors." + key);
        SlackProperties.Connector entry = ConnectorStartup.entry(this.properties.connectors(), key);
        String token = startup.credential("token")
                .token(entry.token(), this.environment, TOKEN_VARIABLE, "the token of the app's bot");
        SlackConnector connector;
        try {
            connector = SlackConnector.token(token)
                    .name(name)
                    .endpoint(entry.endpoint())
                    .requestTimeout(entry.requestTimeout())
                    .channels(entry.channels())
                    .operations(entry.operations())
                    .build(this.steps);
        } catch (IllegalArgumentException ex) {
            throw startup.wrong(ex);
        }
        if (!entry.operations().isEmpty()) {
            startup.require(
                    connector.check(),
                    entry.endpoint(),
                    "Give the app what is missing, or allow less in " + startup.property() + ".operations.");
        }
        return connector;
    }
}
