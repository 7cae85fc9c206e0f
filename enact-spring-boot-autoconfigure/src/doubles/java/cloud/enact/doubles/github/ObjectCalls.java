package cloud.enact.doubles.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The git database over REST: blobs, trees, commits. */
final class ObjectCalls {

    private final HostedRepository repository;

    private final GitObjects objects;

    private final CommitViews commits;

    ObjectCalls(HostedRepository repository, Routes routes) {
        this.repository = repository;
        this.objects = repository.objects();
        this.commits = new CommitViews(repository);
        routes.on("POST", "/git/blobs", this::createBlob);
        routes.on("GET", "/git/blobs/([0-9a-f]{40})", this::blob);
        routes.on("POST", "/git/trees", this::createTree);
        routes.on("GET", "/git/trees/(.+)", this::tree);
        routes.on("POST", "/git/commits", this::createCommit);
        routes.on("GET", "/git/commits/([0-9a-f]{40})", this::commit);
    }

    private Answer createBlob(Call call) throws IOException {
        byte[] content = "base64".equals(call.text("encoding"))
                ? base64(call.needed("content"))
                : call.needed("content").getBytes(StandardCharsets.UTF_8);
        ObjectId id = this.objects.blob(content);
        return Answer.created(
                Json.object().put("sha", id.name()).put("url", this.repository.api("/git/blobs/" + id.name())));
    }

    private Answer blob(Call call) throws IOException {
        ObjectId id = RefChange.id(call.part(1));
        if (!this.objects.has(id)) {
            throw Refusal.notFound();
        }
        byte[] content = this.objects.content(id);
        return Answer.ok(Json.object()
                .put("sha", id.name())
                .put("node_id", "B_" + id.name())
                .put("size", content.length)
                .put("url", this.repository.api("/git/blobs/" + id.name()))
                .put("encoding", "base64")
                .put("content", lines(content)));
    }

    private Answer createTree(Call call) throws IOException {
        String base = call.text("base_tree");
        List<GitObjects.TreeChange> changes = new ArrayList<>();
        for (JsonNode entry : call.list("tree")) {
            changes.add(change(entry));
        }
        ObjectId tree = this.objects.tree(base == null ? null : RefChange.id(base), changes);
        return Answer.created(view(tree, false));
    }

    private GitObjects.TreeChange change(JsonNode entry) throws IOException {
        String path = entry.path("path").asString("");
        int mode = mode(entry.path("mode").asString("100644"));
        JsonNode content = entry.get("content");
        if (content != null && !content.isNull()) {
            return new GitObjects.TreeChange(
                    path, mode, this.objects.blob(content.asString().getBytes(StandardCharsets.UTF_8)));
        }
        JsonNode sha = entry.get("sha");
        if (sha == null) {
            throw Refusal.invalid("Must supply either tree.sha or tree.content");
        }
        if (sha.isNull()) {
            return new GitObjects.TreeChange(path, mode, null);
        }
        ObjectId id = RefChange.id(sha.asString());
        if (!FileMode.GITLINK.equals(mode) && !this.objects.has(id)) {
            throw Refusal.invalid(
                    "tree.sha " + id.name() + " is not a valid " + (FileMode.TREE.equals(mode) ? "tree" : "blob"));
        }
        return new GitObjects.TreeChange(path, mode, id);
    }

    private static int mode(String octal) {
        if (!List.of("100644", "100755", "040000", "160000", "120000").contains(octal)) {
            throw Refusal.invalid("tree.mode is not valid");
        }
        return Integer.parseInt(octal, 8);
    }

    private Answer tree(Call call) throws IOException {
        ObjectId id = this.repository.refNames().resolve(call.part(1));
        if (id == null) {
            throw Refusal.notFound();
        }
        return Answer.ok(
                view(this.objects.treeOf(id), !call.query("recursive", "").isEmpty()));
    }

    private ObjectNode view(ObjectId tree, boolean recursive) throws IOException {
        ArrayNode entries = Json.array();
        for (GitObjects.Entry entry : this.objects.entries(tree, recursive).values()) {
            String type = entry.isTree() ? "tree" : FileMode.GITLINK.equals(entry.mode()) ? "commit" : "blob";
            ObjectNode view = entries.addObject()
                    .put("path", entry.path())
                    .put("mode", entry.octal())
                    .put("type", type)
                    .put("sha", entry.object().name())
                    .put(
                            "url",
                            this.repository.api(
                                    "/git/" + type + "s/" + entry.object().name()));
            if (type.equals("blob")) {
                view.put("size", this.objects.content(entry.object()).length);
            }
        }
        ObjectNode view = Json.object()
                .put("sha", tree.name())
                .put("url", this.repository.api("/git/trees/" + tree.name()))
                .put("truncated", false);
        view.set("tree", entries);
        return view;
    }

    private Answer createCommit(Call call) throws IOException {
        ObjectId tree = RefChange.id(call.needed("tree"));
        if (!this.objects.has(tree) || !this.objects.type(tree).equals("tree")) {
            throw Refusal.invalid("Tree SHA does not exist");
        }
        List<RevCommit> parents = new ArrayList<>();
        for (JsonNode parent : call.list("parents")) {
            ObjectId id = RefChange.id(parent.asString());
            if (!this.objects.has(id)) {
                throw Refusal.invalid("Parent SHA does not exist or is not a commit object");
            }
            parents.add(this.objects.commit(id));
        }
        PersonIdent author = person(call.given("author"), HostedRepository.now(GitHubDouble.USER));
        PersonIdent committer = person(call.given("committer"), author);
        ObjectId commit = this.objects.commit(tree, parents, author, committer, call.needed("message"));
        return Answer.created(this.commits.object(this.objects.commit(commit)));
    }

    private Answer commit(Call call) throws IOException {
        ObjectId id = RefChange.id(call.part(1));
        if (!this.objects.has(id)) {
            throw Refusal.notFound();
        }
        return Answer.ok(this.commits.object(this.objects.commit(id)));
    }

    private static PersonIdent person(@Nullable JsonNode given, PersonIdent otherwise) {
        if (given == null) {
            return otherwise;
        }
        PersonIdent named = new PersonIdent(
                given.path("name").asString(otherwise.getName()),
                given.path("email").asString(otherwise.getEmailAddress()));
        JsonNode date = given.get("date");
        if (date == null || date.isNull()) {
            return HostedRepository.now(named);
        }
        try {
            OffsetDateTime when = OffsetDateTime.parse(date.asString());
            return new PersonIdent(named, when.toInstant(), when.getOffset());
        } catch (DateTimeException e) {
            throw Refusal.invalid("Invalid request.\n\n\"date\" is not a valid ISO 8601 date.");
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("content is not valid Base64");
        }
    }

    static String lines(byte[] content) {
        return Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content) + "\n";
    }
}
