package cloud.enact.connector.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Issues and pull requests as they are now. Thread-safe. */
final class Threads {

    private static final int PAGE = 100;

    private static final int MOST_PAGES = 10;

    private final GitHubClient client;

    Threads(GitHubClient client) {
        this.client = client;
    }

    /** An issue, or a pull request seen as one; {@code null} when there is none. */
    @Nullable
    JsonNode issue(RepositoryName repository, int number) {
        return this.client.get(repository.path() + "/issues/" + number);
    }

    /** A pull request; {@code null} when there is none. */
    @Nullable
    JsonNode pull(RepositoryName repository, int number) {
        return this.client.get(repository.path() + "/pulls/" + number);
    }

    /** A comment on either; {@code null} when there is none. */
    @Nullable
    JsonNode comment(RepositoryName repository, long id) {
        return this.client.get(repository.path() + "/issues/comments/" + id);
    }

    /** Open pull requests from or to a branch. */
    List<JsonNode> openPulls(RepositoryName repository, BranchName branch) {
        List<JsonNode> open = new ArrayList<>(openPullsFrom(repository, branch));
        open.addAll(list(
                repository.path() + "/pulls?state=open&base=" + encoded(branch.text()),
                pull -> pull.path("base").path("ref").asString("").equals(branch.text())));
        return open;
    }

    private List<JsonNode> openPullsFrom(RepositoryName repository, BranchName branch) {
        String head = repository.owner() + ":" + branch.text();
        return list(
                repository.path() + "/pulls?state=open&head=" + encoded(head),
                pull -> isFrom(pull, repository, branch));
    }

    private static boolean isFrom(JsonNode pull, RepositoryName repository, BranchName branch) {
        JsonNode head = pull.path("head");
        // a head of a fork may have a branch of the same name
        return head.path("ref").asString("").equals(branch.text())
                && head.path("repo").path("full_name").asString("").equalsIgnoreCase(repository.toString());
    }

    /** The open pull request from one branch to another; {@code null} when there is none. */
    @Nullable
    JsonNode openPull(RepositoryName repository, BranchName head, BranchName base) {
        return openPullsFrom(repository, head).stream()
                .filter(pull -> pull.path("base").path("ref").asString("").equals(base.text()))
                .findFirst()
                .orElse(null);
    }

    /** The pull request from a branch with that marker, in any state; {@code null} when there is none. */
    @Nullable
    JsonNode markedPull(RepositoryName repository, BranchName head, String marker) {
        String from = repository.owner() + ":" + head.text();
        return oldest(list(repository.path() + "/pulls?state=all&head=" + encoded(from), marked(marker)));
    }

    /** The issue with that marker among the newest; {@code null} when there is none. */
    @Nullable
    JsonNode markedIssue(RepositoryName repository, String marker) {
        return oldest(newestIssues(repository, "all", marked(marker)));
    }

    /** The open issue of our own with that title and content among the newest; {@code null} when there is none. */
    @Nullable
    JsonNode sameIssue(RepositoryName repository, String title, Marker marker) {
        List<JsonNode> same = newestIssues(
                repository,
                "open",
                issue -> issue.path("title").asString("").equals(title)
                        && marker.isSame(issue.path("body").asString("")));
        // anybody can write what we would, to have it taken for ours
        return same.isEmpty()
                ? null
                : same.stream().filter(ours(this.client)).findFirst().orElse(null);
    }

    private static Predicate<JsonNode> ours(GitHubClient client) {
        String login = login(client);
        return thread -> !login.isEmpty()
                && thread.path("user").path("login").asString("").equals(login);
    }

    /** Who the token belongs to; empty for an app, which is nobody. */
    private static String login(GitHubClient client) {
        try {
            JsonNode user = client.get("/user");
            return (user != null) ? user.path("login").asString("") : "";
        } catch (GitHubException ex) {
            if (ex.kind() == GitHubException.Kind.REFUSED) {
                return "";
            }
            throw ex;
        }
    }

    private List<JsonNode> newestIssues(RepositoryName repository, String state, Predicate<JsonNode> wanted) {
        JsonNode page = this.client.get(
                repository.path() + "/issues?sort=created&direction=desc&per_page=" + PAGE + "&state=" + state);
        if (page == null) {
            throw GitHubStep.impossible("The issues are not to be seen with this token; are they switched off?");
        }
        List<JsonNode> found = new ArrayList<>();
        page.forEach(issue -> {
            if (!issue.has("pull_request") && wanted.test(issue)) {
                found.add(issue);
            }
        });
        return found;
    }

    /** The comment with that marker; {@code null} when there is none. */
    @Nullable
    JsonNode markedComment(RepositoryName repository, int number, String marker) {
        return oldest(list(repository.path() + "/issues/" + number + "/comments", marked(marker)));
    }

    /** Whether an issue or pull request has a label. */
    static boolean hasLabel(JsonNode issue, String label) {
        for (JsonNode each : issue.path("labels")) {
            if (each.path("name").asString("").equalsIgnoreCase(label)) {
                return true;
            }
        }
        return false;
    }

    static boolean isOpen(JsonNode thread) {
        return thread.path("state").asString("").equals("open");
    }

    static boolean isMerged(JsonNode pull) {
        return pull.path("merged").asBoolean(false) || pull.path("merged_at").isString();
    }

    /** All elements of a list that are wanted; fails rather than leave some out. */
    List<JsonNode> list(String path, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode elements =
                    this.client.get(path + (path.contains("?") ? "&" : "?") + "per_page=" + PAGE + "&page=" + page);
            if (elements == null) {
                // what can't be seen is not nothing
                throw GitHubStep.impossible(
                        "A list is not to be seen with this token, so nobody can tell what is in it");
            }
            elements.forEach(element -> {
                if (wanted.test(element)) {
                    found.add(element);
                }
            });
            if (elements.size() < PAGE) {
                return found;
            }
        }
        throw GitHubStep.impossible("There are more than " + PAGE * MOST_PAGES + " of them, too many to look at");
    }

    private static Predicate<JsonNode> marked(String marker) {
        return thread -> Marker.isOf(marker, thread.path("body").asString(""));
    }

    /** Markers can be copied; whoever copies one comes later. */
    private static @Nullable JsonNode oldest(List<JsonNode> found) {
        return found.stream()
                .min(Comparator.comparingLong(thread -> thread.path("id").asLong(Long.MAX_VALUE)))
                .orElse(null);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
