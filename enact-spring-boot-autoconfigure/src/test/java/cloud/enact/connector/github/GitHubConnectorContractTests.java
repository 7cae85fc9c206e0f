package cloud.enact.connector.github;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.GitHubRequest;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.doubles.github.RepositoryState;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every connector promises, on GitHub. */
class GitHubConnectorContractTests extends ConnectorContract {

    @TempDir
    Path directory;

    private GitHubDouble github;

    private HostedRepository shop;

    @BeforeEach
    void start() {
        this.github = GitHubDouble.start(this.directory.resolve("github"));
        this.shop = this.github.create("acme", "shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) {
        return GitHubConnector.at(this.github.endpoint(), this.github.token())
                .repositories(List.of("acme/shop"))
                .operations(allowed)
                .build(steps);
    }

    @Override
    protected BlobStore blobs() {
        try {
            return BlobStore.inDirectory(this.directory.resolve("blobs"));
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    protected String operation() {
        return "create_branch";
    }

    @Override
    protected Map<String, @Nullable Object> args() {
        return Map.of("repo", "acme/shop", "branch", "agent/fix-typo");
    }

    /** What people see; commits that are kept for them are no part of it. */
    @Override
    protected Object state() {
        RepositoryState state = this.shop.state();
        Map<String, String> refs = new TreeMap<>(state.refs());
        refs.keySet().removeIf(ref -> ref.startsWith("refs/enact/"));
        return new RepositoryState(refs, state.tickets(), state.labels());
    }

    @Override
    protected void changeByHand() {
        this.shop.commit("agent/fix-typo", Map.of("theirs.txt", "theirs"), "Their work");
    }

    @Override
    protected void loseNextAnswer() {
        this.github.faults().on(GitHubRequest::isWrite).dropResponse();
    }

    @Override
    protected void loseNextRequest() {
        this.github.faults().on(GitHubRequest::isWrite).dropRequest();
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(this.github.token());
    }
}
