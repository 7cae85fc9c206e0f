package cloud.enact.connector.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        return first(list(repository.path() + "/pulls?state=all&head=" + encoded(from), marked(marker)));
    }

    /** The issue with that marker among the newest; {@code null} when there is none. */
    @Nullable
    JsonNode markedIssue(RepositoryName repository, String marker) {
        return first(newestIssues(repository, "all", marked(marker)));
    }

    /** The open issue with that title and content among the newest; {@code null} when there is none. */
    @Nullable
    JsonNode sameIssue(RepositoryName repository, String title, Marker marker) {
        return first(newestIssues(
                repository,
                "open",
                issue -> issue.path("title").asString("").equals(title)
                        && marker.isSame(issue.path("body").asString(""))));
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
        return first(list(repository.path() + "/issues/" + number + "/comments?sort=created", marked(marker)));
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

    private static @Nullable JsonNode first(List<JsonNode> found) {
        return found.isEmpty() ? null : found.get(0);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
