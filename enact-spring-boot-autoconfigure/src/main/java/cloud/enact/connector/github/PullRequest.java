package cloud.enact.connector.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A pull request as it is now.
 *
 * @param number its number
 * @param open whether it waits
 * @param merged whether it was merged
 * @param mergeSha the commit that came of merging it; {@code null} before
 * @param title what it is about; somebody else chose it
 * @param base the branch it goes into
 * @param head the branch it comes from, with its owner when that is another one
 * @param headSha the newest of its commits
 * @param url where people look at it
 */
record PullRequest(
        int number,
        boolean open,
        boolean merged,
        @Nullable String mergeSha,
        String title,
        BranchName base,
        String head,
        String headSha,
        String url) {

    private static final int PAGE = 100;

    private static final int MOST_PAGES = 3;

    /** Reads one; {@code null} when there is none. */
    static @Nullable PullRequest find(GitData git, int number) {
        JsonNode found = git.client().get(git.name().path() + "/pulls/" + number);
        return (found != null) ? of(git, found) : null;
    }

    /** Reads the newest one from a branch of the repository into another; {@code null} when there is none. */
    static @Nullable PullRequest find(GitData git, BranchName head, BranchName base) {
        JsonNode found = git.client()
                .get(git.name().path() + "/pulls?state=all&per_page=" + PAGE + "&head="
                        + encoded(git.name().owner() + ":" + head.text()) + "&base=" + encoded(base.text()));
        PullRequest newest = null;
        if (found != null) {
            for (JsonNode one : found) {
                // a server may leave out a filter that it does not know
                boolean fits = one.path("head").path("ref").asString("").equals(head.text())
                        && one.path("head")
                                .path("repo")
                                .path("full_name")
                                .asString("")
                                .equalsIgnoreCase(git.name().toString());
                if (fits && (newest == null || one.path("number").asInt(0) > newest.number())) {
                    newest = of(git, one);
                }
            }
        }
        return newest;
    }

    static PullRequest of(GitData git, JsonNode node) {
        JsonNode head = node.path("head");
        String owner = head.path("repo").path("owner").path("login").asString("");
        String branch = head.path("ref").asString("");
        String mergedAt = node.path("merged_at").asString("");
        return new PullRequest(
                node.path("number").asInt(0),
                node.path("state").asString("").equals("open"),
                node.path("merged").asBoolean(!mergedAt.isEmpty()),
                node.path("merge_commit_sha").asString(null),
                node.path("title").asString(""),
                new BranchName(node.path("base").path("ref").asString("")),
                (owner.isEmpty() || owner.equalsIgnoreCase(git.name().owner())) ? branch : owner + ":" + branch,
                head.path("sha").asString(""),
                node.path("html_url").asString(""));
    }

    /** Its commits, oldest first; GitHub tells the first 250. */
    List<Commit> commits(GitData git) {
        List<Commit> commits = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode found = git.client()
                    .get(git.name().path() + "/pulls/" + this.number + "/commits?per_page=" + PAGE + "&page=" + page);
            if (found == null || found.isEmpty()) {
                break;
            }
            found.forEach(one -> commits.add(GitData.commit(one.path("sha").asString(""), one, one.path("commit"))));
            if (found.size() < PAGE) {
                break;
            }
        }
        return commits;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
