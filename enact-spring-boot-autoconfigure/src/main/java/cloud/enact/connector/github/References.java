package cloud.enact.connector.github;

import cloud.enact.connector.github.GitHubException.Kind;
import cloud.enact.connector.github.RefsResult.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** References of repositories, read exactly and moved by compare-and-swap. Thread-safe. */
final class References {

    private static final String UPDATE_REFS =
            "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";

    private final GitHubClient client;

    References(GitHubClient client) {
        this.client = client;
    }

    /**
     * Where a reference points to.
     *
     * @param repository whose it is
     * @param ref full name, such as {@code refs/heads/main}
     * @return {@code null} when there is none
     */
    @Nullable
    String find(RepositoryName repository, String ref) {
        JsonNode found = this.client.get(repository.path() + "/git/ref/" + encoded(ref.substring("refs/".length())));
        // a server may answer with what merely begins like it
        return (found != null && found.path("ref").asString("").equals(ref))
                ? found.path("object").path("sha").asString(null)
                : null;
    }

    /** Where a branch points to; {@code null} when there is none. */
    @Nullable
    String head(RepositoryName repository, BranchName branch) {
        return find(repository, branch.ref());
    }

    /** Moves references together, each only if it still is where it was seen. */
    RefsResult update(GHRepository repository, List<RefUpdate> updates) {
        RepositoryName name = RepositoryName.of(repository.getFullName());
        return GitHubStep.certain(
                () -> attempt(repository, name, updates), () -> isDone(name, updates) ? RefsResult.moved() : null);
    }

    private RefsResult attempt(GHRepository repository, RepositoryName name, List<RefUpdate> updates) {
        JsonNode answer =
                this.client.graphql(UPDATE_REFS, Map.of("input", input(repository.getNodeId(), updates)), true);
        JsonNode errors = answer.path("errors");
        if (errors.isEmpty()) {
            return RefsResult.moved();
        }
        JsonNode first = errors.path(0);
        String message = this.client.shown(first.path("message").asString("no reason"));
        if (first.path("type").asString("").equals("RATE_LIMITED")) {
            throw new GitHubException(
                    Kind.UNAVAILABLE, 200, "GitHub said: " + message + ", so the change was not made", null);
        }
        if (message.startsWith("Something went wrong")) {
            throw new GitHubException(
                    Kind.IN_DOUBT, 200, "GitHub said: " + message + "; the change may have happened", null);
        }
        return new RefsResult(outcome(name, updates, message), message);
    }

    private static Map<String, @Nullable Object> input(String repositoryId, List<RefUpdate> updates) {
        List<Map<String, @Nullable Object>> moves = new ArrayList<>();
        for (RefUpdate update : updates) {
            Map<String, @Nullable Object> move = new LinkedHashMap<>();
            move.put("name", update.name());
            move.put("beforeOid", update.before());
            move.put("afterOid", update.after());
            move.put("force", update.force());
            moves.add(move);
        }
        return Map.of("repositoryId", repositoryId, "refUpdates", moves);
    }

    /** Words change; where the references are tells whether somebody else moved them. */
    private Outcome outcome(RepositoryName repository, List<RefUpdate> updates, String message) {
        for (RefUpdate update : updates) {
            if (!pointsTo(repository, update.name(), update.before())) {
                return Outcome.STALE;
            }
        }
        String words = message.toLowerCase(Locale.ROOT);
        return (words.contains("protected") || words.contains("gh006") || words.contains("rule"))
                ? Outcome.PROTECTED
                : Outcome.REFUSED;
    }

    private boolean isDone(RepositoryName repository, List<RefUpdate> updates) {
        return updates.stream().allMatch(update -> pointsTo(repository, update.name(), update.after()));
    }

    private boolean pointsTo(RepositoryName repository, String ref, String sha) {
        String there = find(repository, ref);
        return sha.equals((there != null) ? there : RefUpdate.NOTHING);
    }

    /** A path whose parts are encoded, and whose slashes stay. */
    static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
