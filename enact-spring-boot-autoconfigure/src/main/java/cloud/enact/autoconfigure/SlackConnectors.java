package cloud.enact.autoconfigure;

import cloud.enact.connector.slack.SlackConnector;
import cloud.enact.connector.slack.SlackReadiness;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import java.net.URI;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;

/** Makes connectors for Slack from what is configured. */
final class SlackConnectors {

    /** Environment variable that holds the token when no property does. */
    static final String TOKEN_VARIABLE = "SLACK_BOT_TOKEN";

    private static final Log logger = LogFactory.getLog(SlackConnectors.class);

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
        String property = "enact.slack.connectors." + key;
        SlackProperties.Connector entry = this.properties.connectors().get(key);
        if (entry == null) {
            throw new IllegalStateException("The connector was configured when its bean was defined");
        }
        String token = new Credential(name, property + ".token")
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
            throw new EnactStartupException(
                    "The connector '" + name + "' can't work: " + ex.getMessage(), "Correct " + property + ".", ex);
        }
        if (!entry.operations().isEmpty()) {
            check(connector, property, entry.endpoint());
        }
        return connector;
    }

    /** A scope that is missing is found now, and not when somebody wants to undo. */
    private static void check(SlackConnector connector, String property, URI endpoint) {
        SlackReadiness readiness = connector.check();
        switch (readiness.state()) {
            case READY -> {}
            case UNREACHABLE ->
                logger.warn("The connector '" + connector.name() + "' could not be checked, and nothing is changed"
                        + " through it until it can. Its endpoint is " + endpoint + ". " + readiness.detail());
            case REFUSED ->
                throw new EnactStartupException(
                        "The connector '" + connector.name() + "' can't work: " + readiness.detail(),
                        "Give the app what is missing, or allow less in " + property + ".operations.");
        }
    }
}
