package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Commits, trees and references of one repository, as GitHub keeps them. For one operation, on one thread. */
final class GitData {

    private static final int CONFLICT = 409;

    /** Whose commits are that nobody ever sees in a branch. */
    private static final String NOBODY = "Enact";

    private static final String NOBODYS_ADDRESS = "noreply@enact.cloud";

    private static final String NO_MATTER_WHEN = "2000-01-01T00:00:00Z";

    private final GitHubClient client;

    private final RepositoryName name;

    private @Nullable GHRepository repository;

    GitData(GitHubClient client, RepositoryName name) {
        this.client = client;
        this.name = name;
    }

    RepositoryName name() {
        return this.name;
    }

    GitHubClient client() {
        return this.client;
    }

    GHRepository repository() {
        GHRepository found = this.repository;
        if (found == null) {
            found = this.client.repository(this.name);
            this.repository = found;
        }
        return found;
    }

    /** Where a branch points to; {@code null} when there is none. */
    @Nullable
    String head(BranchName branch) {
        return this.client.references().head(this.name, branch);
    }

    /** Whether rules keep direct pushes away from a branch. */
    boolean isProtected(BranchName branch) {
        JsonNode found = this.client.get(this.name.path() + "/branches/" + References.encoded(branch.text()));
        return found != null && found.path("protected").asBoolean(false);
    }

    /** References whose full names begin like this. */
    Map<String, String> refs(String prefix) {
        Map<String, String> refs = new LinkedHashMap<>();
        JsonNode found = this.client.get(
                this.name.path() + "/git/matching-refs/" + References.encoded(prefix.substring("refs/".length())));
        if (found != null) {
            found.forEach(ref -> refs.put(text(ref, "ref"), text(ref.path("object"), "sha")));
        }
        refs.keySet().removeIf(ref -> !ref.startsWith(prefix));
        return refs;
    }

    /** Moves references together, each only if it still is where it was seen. */
    RefsResult update(List<RefUpdate> updates) {
        return this.client.updateRefs(repository(), updates);
    }

    Commit commit(String sha) {
        JsonNode found = this.client.get(this.name.path() + "/git/commits/" + sha);
        if (found == null) {
            throw GitHubStep.impossible("Commit " + sha + " of " + this.name + " is not there any more");
        }
        return commit(sha, found, found);
    }

    static Commit commit(String sha, JsonNode outer, JsonNode inner) {
        List<String> parents = new ArrayList<>();
        outer.path("parents").forEach(parent -> parents.add(text(parent, "sha")));
        JsonNode author = inner.path("author");
        return new Commit(
                sha,
                text(inner.path("tree"), "sha"),
                parents,
                inner.path("message").asString(""),
                author.path("name").asString("") + " <" + author.path("email").asString("") + "> "
                        + author.path("date").asString(""));
    }

    /** Makes a commit of whoever the token belongs to; nobody sees it before a reference leads to it. */
    String createCommit(String message, String tree, String parent) {
        return send("/git/commits", Map.of("message", message, "tree", tree, "parents", List.of(parent)));
    }

    /** Makes a commit that is the same one, whoever makes it and however often. */
    String createFixedCommit(String message, String tree, String parent) {
        Map<String, Object> nobody = Map.of("name", NOBODY, "email", NOBODYS_ADDRESS, "date", NO_MATTER_WHEN);
        return send(
                "/git/commits",
                Map.of(
                        "message", message,
                        "tree", tree,
                        "parents", List.of(parent),
                        "author", nobody,
                        "committer", nobody));
    }

    /** Files and folders that stand directly in a tree, by their names. */
    Map<String, TreeEntry> tree(String sha) {
        JsonNode found = this.client.get(this.name.path() + "/git/trees/" + sha);
        if (found == null || found.path("truncated").asBoolean(false)) {
            throw GitHubStep.impossible("A folder of " + this.name + " holds more than GitHub tells");
        }
        Map<String, TreeEntry> entries = new LinkedHashMap<>();
        found.path("tree")
                .forEach(entry ->
                        entries.put(text(entry, "path"), new TreeEntry(text(entry, "mode"), text(entry, "sha"))));
        return entries;
    }

    /**
     * Makes a tree that differs from another one; nobody sees it before a commit has it.
     *
     * @param base the other one
     * @param entries what is different, as GitHub takes it
     */
    String createTree(String base, List<Map<String, @Nullable Object>> entries) {
        return send("/git/trees", Map.of("base_tree", base, "tree", entries));
    }

    private String send(String path, Map<String, @Nullable Object> body) {
        return text(this.client.send("POST", this.name.path() + path, body), "sha");
    }

    /**
     * Has GitHub merge a commit into a branch, line by line.
     *
     * @return the merge; {@code null} when both sides changed the same lines
     */
    @Nullable
    Commit merge(BranchName into, String sha, String message) {
        JsonNode merge;
        try {
            merge = this.client.send(
                    "POST",
                    this.name.path() + "/merges",
                    Map.of("base", into.text(), "head", sha, "commit_message", message));
        } catch (GitHubException ex) {
            if (ex.status() == CONFLICT) {
                return null;
            }
            throw ex;
        }
        if (!merge.has("sha")) {
            throw GitHubStep.impossible("GitHub found nothing to merge on a branch that had not seen it");
        }
        return commit(text(merge, "sha"), merge, merge.path("commit"));
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asString("");
        if (text.isEmpty()) {
            throw GitHubStep.impossible("GitHub's answer lacks '" + field + "'");
        }
        return text;
    }

    /**
     * An entry of a tree.
     *
     * @param mode as git writes it
     * @param sha id of its object
     */
    record TreeEntry(String mode, String sha) {

        boolean isFolder() {
            return this.mode.equals("040000");
        }

        boolean isExecutable() {
            return this.mode.equals("100755");
        }

        boolean isFile() {
            return isExecutable() || this.mode.equals("100644");
        }
    }
}
