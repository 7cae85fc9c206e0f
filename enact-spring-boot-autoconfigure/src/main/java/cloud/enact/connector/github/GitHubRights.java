package cloud.enact.connector.github;

import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.connector.ConnectorReadiness.State;
import cloud.enact.connector.github.GitHubException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the token must be allowed to do in a repository, for the operations that are allowed and for undoing them.
 * Thread-safe.
 */
final class GitHubRights {

    /** Of a GitHub App; its repositories don't tell what it may do. */
    private static final String INSTALLATION = "ghs_";

    /** Kinds of tokens that have scopes. */
    private static final List<String> CLASSIC = List.of("ghp_", "gho_");

    private static final int MOST_KNOWN = 1000;

    private final GitHubClient client;

    private final String connector;

    private final boolean installation;

    private final boolean classic;

    private final Set<GitHubOperation> allowed;

    /** Repositories the rights were seen for. */
    private final Set<RepositoryName> known = ConcurrentHashMap.newKeySet();

    /** Repositories that are written like this. */
    private final Set<RepositoryName> spelled = ConcurrentHashMap.newKeySet();

    GitHubRights(GitHubClient client, String connector, String token, Collection<String> allowed) {
        this.client = client;
        this.connector = connector;
        this.installation = token.startsWith(INSTALLATION);
        this.classic = CLASSIC.stream().anyMatch(token::startsWith);
        this.allowed = EnumSet.noneOf(GitHubOperation.class);
        for (GitHubOperation operation : GitHubOperation.values()) {
            if (allowed.contains(operation.id())) {
                this.allowed.add(operation);
            }
        }
    }

    /** Asks about repositories. */
    ConnectorReadiness check(List<RepositoryName> repositories) {
        List<String> missing = new ArrayList<>();
        for (RepositoryName repository : repositories) {
            try {
                missing.addAll(missing(repository));
            } catch (GitHubException ex) {
                if (ex.kind() == Kind.UNAVAILABLE) {
                    return new ConnectorReadiness(State.UNREACHABLE, String.valueOf(ex.getMessage()));
                }
                missing.add(repository + ": " + ex.getMessage());
            }
        }
        return missing.isEmpty()
                ? new ConnectorReadiness(State.READY, "")
                : new ConnectorReadiness(State.REFUSED, String.join("; ", missing) + ".");
    }

    /**
     * Requires, before anything is changed, that it can be taken back.
     *
     * @throws GitHubException when the token lacks a right, or nobody can tell
     */
    void require(RepositoryName repository, GitHubOperation operation) {
        if (operation.isRead() || this.known.contains(repository)) {
            return;
        }
        List<String> missing = missing(repository);
        if (!missing.isEmpty()) {
            throw new GitHubException(
                    Kind.REFUSED, 0, "Connector '" + this.connector + "': " + String.join("; ", missing), null);
        }
    }

    /**
     * The name as GitHub writes it.
     *
     * @throws GitHubException when there is no such repository, or nobody can tell
     */
    RepositoryName spelled(RepositoryName repository) {
        if (this.spelled.contains(repository)) {
            return repository;
        }
        GitHubClient.Seen seen = this.client.see(repository.path());
        if (seen == null) {
            throw new GitHubException(
                    Kind.NOT_FOUND, 0, repository + " does not exist, or the token may not see it", null);
        }
        RepositoryName name =
                RepositoryName.of(seen.body().path("full_name").asString(""));
        if (!name.isSame(repository)) {
            throw new GitHubException(Kind.REFUSED, 0, repository + " is called something else now", null);
        }
        if (this.spelled.size() < MOST_KNOWN) {
            this.spelled.add(name);
        }
        return name;
    }

    private List<String> missing(RepositoryName repository) {
        GitHubClient.Seen seen = this.client.see(repository.path());
        if (seen == null) {
            return List.of(repository + " does not exist, or the token may not see it");
        }
        List<String> missing = new ArrayList<>();
        for (Right right : Right.values()) {
            List<String> needing = this.allowed.stream()
                    .filter(operation -> Right.of(operation) == right)
                    .map(GitHubOperation::id)
                    .toList();
            String lacking = needing.isEmpty() ? null : lacking(right, seen);
            if (lacking != null) {
                missing.add(String.join(", ", needing) + " and undoing that need " + lacking + " in " + repository);
            }
        }
        if (missing.isEmpty() && this.known.size() < MOST_KNOWN) {
            this.known.add(repository);
        }
        return missing;
    }

    private @Nullable String lacking(Right right, GitHubClient.Seen seen) {
        JsonNode repository = seen.body();
        if (right != Right.PULL && repository.path("archived").asBoolean(false)) {
            return "a repository that is not archived";
        }
        if (!this.installation && !right.isIn(repository.path("permissions"))) {
            return "the right '" + right.word() + "'";
        }
        boolean open = !repository.path("private").asBoolean(true);
        String scopes = seen.scopes();
        if (scopes == null || (scopes.isBlank() && !this.classic)) {
            // fine-grained tokens and those of apps have none
            return null;
        }
        List<String> granted =
                Arrays.stream(scopes.split(",")).map(String::strip).toList();
        boolean enough = granted.contains("repo") || (open && (right == Right.PULL || granted.contains("public_repo")));
        return enough ? null : "the scope '" + (open ? "public_repo" : "repo") + "'";
    }

    /** What a role may do. */
    private enum Right {
        PULL,
        TRIAGE,
        PUSH;

        /** Rights of roles, each of which has those before it, too. */
        private static final List<String> ROLES = List.of("pull", "triage", "push", "maintain", "admin");

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isIn(JsonNode permissions) {
            return ROLES.subList(ROLES.indexOf(word()), ROLES.size()).stream()
                    .anyMatch(role -> permissions.path(role).asBoolean(false));
        }

        /** The least that does an operation and takes it back; whoever opened or wrote something may remove it. */
        static Right of(GitHubOperation operation) {
            return switch (operation) {
                case GET_FILE, LIST_BRANCHES, GET_PR, CREATE_ISSUE, COMMENT -> PULL;
                case CLOSE_PR, CLOSE_ISSUE, ADD_LABEL -> TRIAGE;
                case CREATE_BRANCH, DELETE_BRANCH, PUSH_COMMIT, CREATE_PR, MERGE_PR -> PUSH;
            };
        }
    }
}
