package cloud.enact.connector.github;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.StepExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a {@link GitHubConnector} is made of. Not thread-safe. */
public final class GitHubConnectorBuilder {

    private final GitHubEndpoint endpoint;

    private final String token;

    private String name = "github";

    private final List<String> operations = new ArrayList<>();

    private final List<String> repositories = new ArrayList<>();

    private GitHubLimits limits = GitHubLimits.defaults();

    private boolean resetPushes;

    GitHubConnectorBuilder(URI endpoint, String token) {
        this.endpoint = new GitHubEndpoint(endpoint);
        if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("The token is empty or has characters in it that no token has");
        }
        this.token = token;
    }

    /** Names the instance; {@code github} if nothing else is said. */
    public GitHubConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public GitHubConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /** Allows repositories: {@code owner/name}, where a star stands for any characters; without this none is. */
    public GitHubConnectorBuilder repositories(Collection<String> repositories) {
        this.repositories.addAll(repositories);
        return this;
    }

    /** Sets how long to wait for a connection. */
    public GitHubConnectorBuilder connectTimeout(Duration timeout) {
        this.limits = this.limits.connecting(timeout);
        return this;
    }

    /** Sets how long to wait for a whole answer. */
    public GitHubConnectorBuilder requestTimeout(Duration timeout) {
        this.limits = this.limits.answering(timeout);
        return this;
    }

    /**
     * Takes a pushed commit off its branch again when nothing came after it and nothing protects the branch, instead of
     * reverting it.
     */
    public GitHubConnectorBuilder resetPushes(boolean resetPushes) {
        this.resetPushes = resetPushes;
        return this;
    }

    /**
     * Makes the connector.
     *
     * @param steps performs its steps inside governed actions
     * @throws IllegalArgumentException when there is no such operation, or a repository can't be understood
     */
    public GitHubConnector build(StepExecutor steps) {
        AllowedOperations<GitHubOperation> allowed =
                new AllowedOperations<>(this.name, List.of(GitHubOperation.values()), this.operations);
        AllowedRepositories repositories = new AllowedRepositories(this.repositories);
        GitHubClient client = new GitHubClient(this.endpoint, this.token, this.limits);
        GitHubRights rights = new GitHubRights(client, this.name, this.token, allowed.ids());
        GitHubSite site = new GitHubSite(this.name, this.endpoint, client, rights, this.resetPushes);
        return new GitHubConnector(site, allowed, repositories, steps);
    }

    @Override
    public String toString() {
        return "GitHubConnectorBuilder[" + this.name + "]";
    }
}
