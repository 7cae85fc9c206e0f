package cloud.enact.doubles.github;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commits as GitHub shows them. */
final class CommitViews {

    private final HostedRepository repository;

    CommitViews(HostedRepository repository) {
        this.repository = repository;
    }

    /** As the git database shows one. */
    ObjectNode object(RevCommit commit) {
        ObjectNode view = Json.object()
                .put("sha", commit.name())
                .put("node_id", "C_" + commit.name())
                .put("url", this.repository.api("/git/commits/" + commit.name()))
                .put("html_url", this.repository.html("/commit/" + commit.name()))
                .put("message", commit.getFullMessage());
        view.set("author", person(commit.getAuthorIdent()));
        view.set("committer", person(commit.getCommitterIdent()));
        view.set("tree", tree(commit));
        view.set("parents", parents(commit));
        view.set("verification", unsigned());
        return view;
    }

    /** As the history shows one. */
    ObjectNode listed(RevCommit commit) {
        ObjectNode inner = Json.object()
                .put("message", commit.getFullMessage())
                .put("url", this.repository.api("/git/commits/" + commit.name()))
                .put("comment_count", 0);
        inner.set("author", person(commit.getAuthorIdent()));
        inner.set("committer", person(commit.getCommitterIdent()));
        inner.set("tree", tree(commit));
        inner.set("verification", unsigned());
        ObjectNode view = Json.object()
                .put("sha", commit.name())
                .put("node_id", "C_" + commit.name())
                .put("url", this.repository.api("/commits/" + commit.name()))
                .put("html_url", this.repository.html("/commit/" + commit.name()));
        view.set("commit", inner);
        view.set("parents", parents(commit));
        view.putNull("author").putNull("committer");
        return view;
    }

    ArrayNode listed(List<RevCommit> commits) {
        return Json.array(commits, this::listed);
    }

    private ObjectNode tree(RevCommit commit) {
        String id = commit.getTree().name();
        return Json.object().put("sha", id).put("url", this.repository.api("/git/trees/" + id));
    }

    private ArrayNode parents(RevCommit commit) {
        return Json.array(
                List.of(commit.getParents()),
                parent -> Json.object()
                        .put("sha", parent.name())
                        .put("url", this.repository.api("/commits/" + parent.name()))
                        .put("html_url", this.repository.html("/commit/" + parent.name())));
    }

    private static ObjectNode person(PersonIdent person) {
        return Json.object()
                .put("name", person.getName())
                .put("email", person.getEmailAddress())
                .put("date", date(person.getWhenAsInstant()));
    }

    static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ObjectNode unsigned() {
        return Json.object()
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload");
    }
}
