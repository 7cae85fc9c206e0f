package cloud.enact.connector.github;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Branches, commits, pull requests and issues of repositories, changed so that they can be put back. Thread-safe.
 *
 * <p>A repository is named {@code owner/name}. References are only moved from where they were seen, so nobody's push is
 * lost. A change whose answer got lost is looked for, and never done twice.
 */
public final class GitHubConnector implements Connector {

    private final GitHubSite site;

    private final AllowedOperations<GitHubOperation> operations;

    private final AllowedRepositories repositories;

    private final StepExecutor steps;

    private final GitHubUndo undo;

    GitHubConnector(
            GitHubSite site,
            AllowedOperations<GitHubOperation> operations,
            AllowedRepositories repositories,
            StepExecutor steps) {
        this.site = site;
        this.operations = operations;
        this.repositories = repositories;
        this.steps = steps;
        this.undo = new GitHubUndo(site);
    }

    /**
     * Starts a connector for a GitHub.
     *
     * @param endpoint where its REST API is, such as {@code https://api.github.com}
     * @param token what it works with; shown nowhere
     * @throws IllegalArgumentException when one of them can't be one
     */
    public static GitHubConnectorBuilder at(URI endpoint, String token) {
        return new GitHubConnectorBuilder(endpoint, token);
    }

    @Override
    public String name() {
        return this.site.connector();
    }

    @Override
    public Set<String> operations() {
        return this.operations.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.operations.known(operation).reversibility();
    }

    /**
     * Asks GitHub whether the token may do what is allowed, and undo it, in the repositories that are named in full. What
     * can't be asked now is asked before the first change.
     */
    public ConnectorReadiness check() {
        return operations().isEmpty()
                ? new ConnectorReadiness(ConnectorReadiness.State.READY, "")
                : this.site.rights().check(this.repositories.named());
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        GitHubOperation allowed = this.operations.require(operation, args);
        GitHubArguments arguments = spelled(new GitHubArguments(Arguments.freeze(args)));
        return switch (allowed) {
            case CREATE_BRANCH -> new CreateBranch(this.site, arguments);
            case DELETE_BRANCH -> new DeleteBranch(this.site, arguments);
            case PUSH_COMMIT -> PushCommit.prepare(this.site, arguments);
            case CREATE_PR -> CreatePullRequest.of(this.site, arguments);
            case MERGE_PR -> MergePullRequest.prepare(this.site, arguments);
            case CREATE_ISSUE -> new CreateIssue(this.site, arguments);
            case CLOSE_PR, CLOSE_ISSUE -> new CloseThread(this.site, allowed, arguments);
            case COMMENT -> new AddComment(this.site, arguments);
            case ADD_LABEL -> new AddLabel(this.site, arguments);
            case GET_FILE -> new GetFile(this.site, arguments);
            case LIST_BRANCHES -> new ListBranches(this.site, arguments);
            case GET_PR -> new GetPullRequest(this.site, arguments);
        };
    }

    /** The arguments with the one name a repository has: policies compare letters, and GitHub does not look at capitals. */
    private GitHubArguments spelled(GitHubArguments arguments) {
        RepositoryName asked = arguments.repository();
        if (!this.repositories.allows(asked)) {
            throw new IllegalArgumentException("The repository is not one that connector '" + name()
                    + "' may use; allow it by adding it to the connector's repositories");
        }
        RepositoryName named = this.repositories.asNamed(asked);
        RepositoryName right = (named != null) ? named : this.site.rights().spelled(asked);
        return right.equals(asked) ? arguments : new GitHubArguments(arguments.with("repo", right.toString()));
    }

    @Override
    public StepUndo undo() {
        return this.undo;
    }

    /**
     * Makes a branch. One that is there already at the same commit is found done: {@code created}.
     *
     * @param from a branch or the id of a commit
     * @return with {@code branch} and {@code sha}
     * @throws IllegalArgumentException when operation or repository are not allowed, or an argument is wrong
     * @throws ConnectorException when GitHub refuses or can't be asked
     */
    public StepResult createBranch(String repo, String branch, String from) {
        return perform(GitHubOperation.CREATE_BRANCH, repo, Map.of("branch", branch, "from", from));
    }

    /** Makes a branch where the default branch is. */
    public StepResult createBranch(String repo, String branch) {
        return perform(GitHubOperation.CREATE_BRANCH, repo, Map.of("branch", branch));
    }

    /** Deletes a branch. When there is none, it is found done: {@code deleted}. */
    public StepResult deleteBranch(String repo, String branch) {
        return perform(GitHubOperation.DELETE_BRANCH, repo, Map.of("branch", branch));
    }

    /**
     * Adds a commit to a branch.
     *
     * @param files texts by their paths; {@code null} deletes a file
     * @return with {@code branch} and {@code sha}
     */
    public StepResult pushCommit(
            String repo, String branch, String message, Map<String, ? extends @Nullable Object> files) {
        return perform(GitHubOperation.PUSH_COMMIT, repo, Map.of("branch", branch, "message", message, "files", files));
    }

    /**
     * Opens a pull request. When one is open from the same head to the same base, it is found done: {@code created}.
     *
     * @param head branch with the changes
     * @param base branch they go to
     * @return with {@code number} and {@code url}
     */
    public StepResult createPr(String repo, String title, String body, String head, String base) {
        return perform(
                GitHubOperation.CREATE_PR, repo, Map.of("title", title, "body", body, "head", head, "base", base));
    }

    /**
     * Merges a pull request. When it is merged, it is found done: {@code merged}.
     *
     * @param method {@code merge}, {@code squash} or {@code rebase}
     * @return with {@code number} and {@code sha}
     */
    public StepResult mergePr(String repo, int number, String method) {
        return perform(GitHubOperation.MERGE_PR, repo, Map.of("number", number, "method", method));
    }

    /** Merges a pull request if its head is this commit, and does nothing otherwise. */
    public StepResult mergePr(String repo, int number, String method, String headSha) {
        return perform(GitHubOperation.MERGE_PR, repo, Map.of("number", number, "method", method, "head_sha", headSha));
    }

    /**
     * Opens an issue.
     *
     * @return with {@code number} and {@code url}
     */
    public StepResult createIssue(String repo, String title, String body, List<String> labels) {
        return perform(GitHubOperation.CREATE_ISSUE, repo, Map.of("title", title, "body", body, "labels", labels));
    }

    /** Closes a pull request without merging it. When it is closed, it is found done: {@code closed}. */
    public StepResult closePr(String repo, int number) {
        return perform(GitHubOperation.CLOSE_PR, repo, Map.of("number", number));
    }

    /** Closes an issue. When it is closed, it is found done: {@code closed}. */
    public StepResult closeIssue(String repo, int number) {
        return perform(GitHubOperation.CLOSE_ISSUE, repo, Map.of("number", number));
    }

    /**
     * Comments on an issue or pull request.
     *
     * @return with {@code id} and {@code url}
     */
    public StepResult comment(String repo, int number, String body) {
        return perform(GitHubOperation.COMMENT, repo, Map.of("number", number, "body", body));
    }

    /** Puts a label on an issue or pull request. When it is there, it is found done: {@code labelled}. */
    public StepResult addLabel(String repo, int number, String label) {
        return perform(GitHubOperation.ADD_LABEL, repo, Map.of("number", number, "label", label));
    }

    /**
     * Reads a file.
     *
     * @param ref a branch, tag or commit
     * @return with {@code content}, {@code encoding} ({@code utf-8} or {@code base64}) and {@code size}
     */
    public StepResult getFile(String repo, String path, String ref) {
        return perform(GitHubOperation.GET_FILE, repo, Map.of("path", path, "ref", ref));
    }

    /** Reads a file of the default branch. */
    public StepResult getFile(String repo, String path) {
        return perform(GitHubOperation.GET_FILE, repo, Map.of("path", path));
    }

    /** Lists branches, with {@code branches} and {@code truncated}. */
    public StepResult listBranches(String repo) {
        return perform(GitHubOperation.LIST_BRANCHES, repo, Map.of());
    }

    /** Reads a pull request. */
    public StepResult getPr(String repo, int number) {
        return perform(GitHubOperation.GET_PR, repo, Map.of("number", number));
    }

    private StepResult perform(GitHubOperation operation, String repo, Map<String, ? extends @Nullable Object> args) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("repo", repo);
        all.putAll(args);
        return this.steps.perform(prepare(operation.id(), all));
    }

    @Override
    public String toString() {
        return "GitHubConnector[" + name() + "]";
    }
}
