package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ObjectNode;

/** A repository over REST: itself, its history, its files, merges of branches. */
final class RepositoryCalls {

    private final HostedRepository repository;

    private final CommitViews commits;

    private final FileChanges changes;

    RepositoryCalls(HostedRepository repository, Routes routes) {
        this.repository = repository;
        this.commits = new CommitViews(repository);
        this.changes = new FileChanges(repository.objects());
        routes.on("GET", "", call -> Answer.ok(view(repository)));
        routes.on("GET", "/commits", this::history);
        routes.on("GET", "/commits/(.+)", this::commit);
        routes.on("GET", "/compare/(.+)\\.\\.\\.(.+)", this::compare);
        routes.on("GET", "/contents/?(.*)", this::contents);
        routes.on("POST", "/merges", this::merge);
    }

    static ObjectNode view(HostedRepository repository) {
        ObjectNode view = Json.object()
                .put("id", repository.id())
                .put("node_id", repository.nodeId())
                .put("name", repository.name())
                .put("full_name", repository.fullName())
                .put("private", true)
                .put("visibility", "private")
                .put("fork", false)
                .put("archived", false)
                .put("disabled", false)
                .put("has_issues", true)
                .put("default_branch", "main")
                .put("allow_merge_commit", true)
                .put("allow_squash_merge", true)
                .put("allow_rebase_merge", true)
                .put("delete_branch_on_merge", false)
                .put("url", repository.api(""))
                .put("html_url", repository.html(""));
        view.set("owner", GitHubDouble.person(repository.owner()));
        view.set(
                "permissions",
                Json.object()
                        .put("admin", false)
                        .put("maintain", false)
                        .put("push", repository.isWritable())
                        .put("triage", repository.isWritable())
                        .put("pull", true));
        return view;
    }

    private Answer history(Call call) throws IOException {
        List<RevCommit> found = this.repository.history().between(null, resolved(call.query("sha", "main")));
        Collections.reverse(found);
        return call.page(found.stream().map(this.commits::listed).toList());
    }

    private Answer commit(Call call) throws IOException {
        ObjectId id = this.repository.refNames().resolve(call.part(1));
        if (id == null) {
            throw Refusal.invalid("No commit found for SHA: " + call.part(1));
        }
        RevCommit commit = this.repository.objects().commit(id);
        ObjectNode view = this.commits.listed(commit);
        ObjectId before =
                commit.getParentCount() == 0 ? null : this.repository.objects().treeOf(commit.getParent(0));
        view.set("files", this.changes.between(before, commit.getTree()));
        return Answer.ok(view);
    }

    private Answer compare(Call call) throws IOException {
        ObjectId base = resolved(call.part(1));
        ObjectId head = resolved(call.part(2));
        GitHistory history = this.repository.history();
        List<RevCommit> ahead = history.between(base, head);
        int behind = history.between(head, base).size();
        RevCommit common = history.mergeBase(base, head);
        if (common == null) {
            throw new Refusal(404, "No common ancestor between " + call.part(1) + " and " + call.part(2) + ".");
        }
        String status = ahead.isEmpty() ? (behind == 0 ? "identical" : "behind") : (behind == 0 ? "ahead" : "diverged");
        ObjectNode view = Json.object()
                .put("url", this.repository.api("/compare/" + call.part(1) + "..." + call.part(2)))
                .put("status", status)
                .put("ahead_by", ahead.size())
                .put("behind_by", behind)
                .put("total_commits", ahead.size());
        view.set("base_commit", this.commits.listed(this.repository.objects().commit(base)));
        view.set("merge_base_commit", this.commits.listed(common));
        view.set("commits", this.commits.listed(call.slice(ahead, 250)));
        view.set(
                "files",
                this.changes.between(common.getTree(), this.repository.objects().treeOf(head)));
        return Answer.ok(view);
    }

    private Answer contents(Call call) throws IOException {
        String ref = call.query("ref", "main");
        ObjectId commit = this.repository.refNames().resolve(ref);
        if (commit == null) {
            throw new Refusal(404, "No commit found for the ref " + ref);
        }
        GitObjects.Entry entry =
                this.repository.objects().entry(this.repository.objects().treeOf(commit), call.part(1));
        if (entry == null) {
            throw Refusal.notFound();
        }
        if (!entry.isTree()) {
            ObjectNode view = file(entry, ref);
            byte[] content = this.repository.objects().content(entry.object());
            boolean isShown = content.length <= 1024 * 1024;
            view.put("encoding", isShown ? "base64" : "none").put("content", isShown ? ObjectCalls.lines(content) : "");
            return Answer.ok(view);
        }
        List<ObjectNode> inside = new ArrayList<>();
        String folder = entry.path().isEmpty() ? "" : entry.path() + "/";
        for (GitObjects.Entry child :
                this.repository.objects().entries(entry.object(), false).values()) {
            inside.add(file(new GitObjects.Entry(folder + child.path(), child.mode(), child.object()), ref));
        }
        return Answer.ok(Json.array(inside, view -> view));
    }

    private ObjectNode file(GitObjects.Entry entry, String ref) throws IOException {
        String path = entry.path();
        return Json.object()
                .put("type", entry.isTree() ? "dir" : "file")
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("path", path)
                .put("sha", entry.object().name())
                .put("size", entry.isTree() ? 0 : this.repository.objects().content(entry.object()).length)
                .put("url", this.repository.api("/contents/" + path) + "?ref=" + Url.value(ref))
                .put(
                        "git_url",
                        this.repository.api("/git/blobs/" + entry.object().name()))
                .put("html_url", this.repository.html("/blob/" + ref + "/" + path))
                .putNull("download_url");
    }

    /** Merges with a commit of its own, even where the base could just move forward. */
    private Answer merge(Call call) throws IOException {
        String base = call.needed("base");
        ObjectId ours = this.repository.refNames().head(base);
        if (ours == null) {
            throw new Refusal(404, "Base does not exist");
        }
        ObjectId theirs = this.repository.refNames().resolve(call.needed("head"));
        if (theirs == null) {
            throw new Refusal(404, "Head does not exist");
        }
        if (this.repository.history().isAncestor(theirs, ours)) {
            return Answer.noContent();
        }
        ObjectId tree = this.repository.history().merge(ours, theirs);
        if (tree == null) {
            throw new Refusal(409, "Merge conflict");
        }
        String message = call.text("commit_message");
        PersonIdent user = HostedRepository.now(GitHubDouble.USER);
        ObjectId commit = this.repository
                .objects()
                .commit(
                        tree,
                        List.of(ours, theirs),
                        user,
                        user,
                        message == null ? "Merge " + call.needed("head") + " into " + base : message);
        try {
            this.repository.move(List.of(new RefChange("refs/heads/" + base, ours, commit, false)));
        } catch (Refusal e) {
            throw new Refusal(409, String.valueOf(e.getMessage()));
        }
        return Answer.created(this.commits.listed(this.repository.objects().commit(commit)));
    }

    private ObjectId resolved(String ref) throws IOException {
        ObjectId id = this.repository.refNames().resolve(ref);
        if (id == null) {
            throw Refusal.notFound();
        }
        return id;
    }
}
