package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Names and branches over REST. */
final class RefCalls {

    private static final String HEADS = "refs/heads/";

    private final HostedRepository repository;

    private final CommitViews commits;

    RefCalls(HostedRepository repository, Routes routes) {
        this.repository = repository;
        this.commits = new CommitViews(repository);
        routes.on("GET", "/git/refs?/(.+)", this::one);
        routes.on("GET", "/git/refs", call -> below(call, "refs/"));
        routes.on("GET", "/git/matching-refs/(.*)", call -> below(call, "refs/" + call.part(1)));
        routes.on("POST", "/git/refs", this::create);
        routes.on("PATCH", "/git/refs/(.+)", this::update);
        routes.on("DELETE", "/git/refs/(.+)", this::delete);
        routes.on("GET", "/branches", this::branches);
        routes.on("GET", "/branches/(.+)/protection", this::protection);
        routes.on("GET", "/branches/(.+)", this::branch);
        routes.on("GET", "/rules/branches/(.+)", this::rules);
    }

    private Answer one(Call call) throws IOException {
        String name = "refs/" + call.part(1);
        return Answer.ok(view(name, there(name)));
    }

    private Answer below(Call call, String prefix) throws IOException {
        List<ObjectNode> found = new ArrayList<>();
        for (Map.Entry<String, ObjectId> ref :
                this.repository.refNames().below("refs/").entrySet()) {
            if (ref.getKey().startsWith(prefix)) {
                found.add(view(ref.getKey(), ref.getValue()));
            }
        }
        return call.page(found);
    }

    private Answer create(Call call) throws IOException {
        String name = call.needed("ref");
        ObjectId commit = RefChange.id(call.needed("sha"));
        if (this.repository.refNames().at(name) != null) {
            throw Refusal.invalid("Reference already exists");
        }
        this.repository.move(List.of(new RefChange(name, ObjectId.zeroId(), commit, false)));
        return Answer.created(view(name, commit));
    }

    private Answer update(Call call) throws IOException {
        String name = "refs/" + call.part(1);
        if (this.repository.refNames().at(name) == null) {
            throw Refusal.invalid("Reference does not exist");
        }
        ObjectId commit = RefChange.id(call.needed("sha"));
        this.repository.move(List.of(new RefChange(name, null, commit, call.flag("force"))));
        return Answer.ok(view(name, commit));
    }

    private Answer delete(Call call) throws IOException {
        this.repository.move(List.of(new RefChange("refs/" + call.part(1), null, ObjectId.zeroId(), false)));
        return Answer.noContent();
    }

    private Answer branches(Call call) throws IOException {
        List<ObjectNode> found = new ArrayList<>();
        for (Map.Entry<String, ObjectId> ref :
                this.repository.refNames().below(HEADS).entrySet()) {
            String branch = ref.getKey().substring(HEADS.length());
            String wanted = call.query("protected", "");
            if (wanted.isEmpty() || Boolean.parseBoolean(wanted) == (protectionOf(branch) != null)) {
                ObjectNode view = named(branch);
                view.set(
                        "commit",
                        Json.object()
                                .put("sha", ref.getValue().name())
                                .put(
                                        "url",
                                        this.repository.api(
                                                "/commits/" + ref.getValue().name())));
                found.add(view);
            }
        }
        return call.page(found);
    }

    private Answer branch(Call call) throws IOException {
        String branch = call.part(1);
        ObjectId head = this.repository.refNames().head(branch);
        if (head == null) {
            throw new Refusal(404, "Branch not found");
        }
        ObjectNode view = named(branch);
        view.set("commit", this.commits.listed(this.repository.objects().commit(head)));
        return Answer.ok(view);
    }

    private Answer protection(Call call) {
        Protection protection = protectionOf(call.part(1));
        if (protection == null) {
            throw new Refusal(404, "Branch not protected");
        }
        ObjectNode view = Json.object().put("url", this.repository.api("/branches/" + call.part(1) + "/protection"));
        view.set(
                "required_pull_request_reviews",
                Json.object().put("required_approving_review_count", protection == Protection.REVIEWS ? 1 : 0));
        view.set("enforce_admins", Json.object().put("enabled", true));
        view.set("allow_force_pushes", Json.object().put("enabled", false));
        view.set("allow_deletions", Json.object().put("enabled", false));
        return Answer.ok(view);
    }

    /** What classic protection says is no ruleset: nothing stands here for it, as on GitHub. */
    private Answer rules(Call call) {
        return call.page(List.of());
    }

    private ObjectNode named(String branch) {
        boolean isProtected = protectionOf(branch) != null;
        ObjectNode view = Json.object()
                .put("name", branch)
                .put("protected", isProtected)
                .put("protection_url", this.repository.api("/branches/" + branch + "/protection"));
        ObjectNode protection = Json.object().put("enabled", isProtected);
        protection.set(
                "required_status_checks",
                Json.object().put("enforcement_level", "off").set("contexts", Json.array()));
        view.set("protection", protection);
        return view;
    }

    private @Nullable Protection protectionOf(String branch) {
        return this.repository.writes().protection(branch);
    }

    private ObjectId there(String name) throws IOException {
        ObjectId id = this.repository.refNames().at(name);
        if (id == null) {
            throw Refusal.notFound();
        }
        return id;
    }

    private ObjectNode view(String name, ObjectId id) throws IOException {
        String type = this.repository.objects().type(id);
        ObjectNode view = Json.object()
                .put("ref", name)
                .put("node_id", "REF_" + this.repository.id() + "_" + name)
                .put("url", this.repository.api("/git/" + name));
        view.set(
                "object",
                Json.object()
                        .put("type", type)
                        .put("sha", id.name())
                        .put("url", this.repository.api("/git/" + type + "s/" + id.name())));
        return view;
    }
}
