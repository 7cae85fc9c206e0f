package cloud.enact.connector.github;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Override
    protected Object state() {
        return this.shop.state();
    }
}
