package cloud.enact.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors for GitHub.
 *
 * @param connectors Connectors by name, the second part of the names of their actions: the one called work has actions such as github.work.create_branch. One that is called github has no second part.
 */
record GitHubProperties(@DefaultValue Map<String, Connector> connectors) {

    /**
     * A connector.
     *
     * @param endpoint Where the REST API is.
     * @param token Token it works with. Taken from the GITHUB_TOKEN environment variable when not set.
     * @param repositories Repositories it may use: owner/name, where a star stands for any characters. None by default.
     * @param operations Operations that are allowed, such as create_branch, create_pr, get_file. None by default.
     * @param connectTimeout How long to wait for a connection.
     * @param requestTimeout How long to wait for an answer.
     * @param undoPush Whether undoing a pushed commit adds a commit that reverts it (revert), or takes it off an unprotected branch where nothing came after it (reset).
     */
    record Connector(
            @DefaultValue("https://api.github.com") URI endpoint,
            @Nullable String token,
            @DefaultValue Set<String> repositories,
            @DefaultValue Set<String> operations,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("30s") Duration requestTimeout,
            @DefaultValue("revert") UndoPush undoPush) {

        @Override
        public String toString() {
            return "Connector[***]";
        }
    }

    /** How a pushed commit is undone. */
    enum UndoPush {
        /** By a commit that takes it back. */
        REVERT,
        /** By setting the branch back, where that loses nothing. */
        RESET
    }
}
