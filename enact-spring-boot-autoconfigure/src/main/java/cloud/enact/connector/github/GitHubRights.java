package cloud.enact.connector.github;

/** What the token must be allowed to do, in the repositories it is used for. Thread-safe. */
final class GitHubRights {

    /**
     * Requires what an operation and its undo need.
     *
     * @throws GitHubException when the token lacks it
     */
    void require(RepositoryName repository, GitHubOperation operation) {}
}
