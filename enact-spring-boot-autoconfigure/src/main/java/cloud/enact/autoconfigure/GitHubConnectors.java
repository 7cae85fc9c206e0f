package cloud.enact.autoconfigure;

import cloud.enact.connector.github.GitHubConnector;
import cloud.enact.connector.github.GitHubReadiness;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import java.net.URI;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;

/** Makes connectors for GitHub from what is configured. */
final class GitHubConnectors {

    /** Environment variable that holds the token when no property does. */
    static final String TOKEN_VARIABLE = "GITHUB_TOKEN";

    private static final Log logger = LogFactory.getLog(GitHubConnectors.class);

    private final GitHubProperties properties;

    private final StepExecutor steps;

    private final Environment environment;

    GitHubConnectors(GitHubProperties properties, StepExecutor steps, Environment environment) {
        this.properties = properties;
        this.steps = steps;
        this.environment = environment;
    }

    /**
     * Makes a connector, and asks GitHub whether its token is good for what is allowed.
     *
     * @throws EnactStartupException when it can't work
     */
    GitHubConnector named(String key, String name) {
        String property = "enact.github.connectors." + key;
        GitHubProperties.Connector entry = this.properties.connectors().get(key);
        if (entry == null) {
            throw new IllegalStateException("The connector was configured when its bean was defined");
        }
        String token = new Credential(name, property + ".token")
                .token(entry.token(), this.environment, TOKEN_VARIABLE, "a token for the repositories it may use");
        GitHubConnector connector;
        try {
            connector = GitHubConnector.at(entry.endpoint(), token)
                    .name(name)
                    .repositories(entry.repositories())
                    .operations(entry.operations())
                    .connectTimeout(entry.connectTimeout())
                    .requestTimeout(entry.requestTimeout())
                    .resetPushes(entry.undoPush() == GitHubProperties.UndoPush.RESET)
                    .build(this.steps);
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The connector '" + name + "' can't work: " + ex.getMessage(), "Correct " + property + ".", ex);
        }
        check(connector, property, entry.endpoint());
        return connector;
    }

    /** A right that is missing is found now, and not when somebody wants to undo. */
    private static void check(GitHubConnector connector, String property, URI endpoint) {
        GitHubReadiness readiness = connector.check();
        switch (readiness.state()) {
            case READY -> {}
            case UNREACHABLE ->
                logger.warn("The connector '" + connector.name() + "' could not be checked, and nothing is changed"
                        + " through it until it can. Its endpoint is " + endpoint + ". " + readiness.detail());
            case REFUSED ->
                throw new EnactStartupException(
                        "The connector '" + connector.name() + "' can't work: " + readiness.detail() + ".",
                        "Give its token what is missing, or allow less in " + property + ".operations and " + property
                                + ".repositories.");
        }
    }
}
