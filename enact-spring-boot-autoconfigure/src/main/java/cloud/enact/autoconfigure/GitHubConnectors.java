package cloud.enact.autoconfigure;

import cloud.enact.connector.github.GitHubConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import org.springframework.core.env.Environment;

/** Makes connectors for GitHub from what is configured. */
final class GitHubConnectors {

    /** Environment variable that holds the token when no property does. */
    static final String TOKEN_VARIABLE = "GITHUB_TOKEN";

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
        ConnectorStartup startup = new ConnectorStartup(name, "enact.github.connectors." + key);
        GitHubProperties.Connector entry = ConnectorStartup.entry(this.properties.connectors(), key);
        String token = startup.credential("token")
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
            throw startup.wrong(ex);
        }
        startup.require(
                connector.check(),
                entry.endpoint(),
                "Give its token what is missing, or allow less in " + startup.property() + ".operations and "
                        + startup.property() + ".repositories.");
        return connector;
    }
}
