package cloud.enact.doubles.github;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Issues, pull requests, labels and comments as GitHub shows them. */
final class TicketViews {

    private final HostedRepository repository;

    TicketViews(HostedRepository repository) {
        this.repository = repository;
    }

    ObjectNode issue(Ticket ticket) {
        String part = ticket.pull == null ? "/issues/" : "/pull/";
        ObjectNode view = common(ticket)
                .put("url", this.repository.api("/issues/" + ticket.number))
                .put("html_url", this.repository.html(part + ticket.number))
                .put(
                        "comments",
                        this.repository.tickets().comments(ticket.number).size())
                .put("comments_url", this.repository.api("/issues/" + ticket.number + "/comments"))
                .put("state_reason", ticket.reason);
        if (ticket.pull != null) {
            view.set(
                    "pull_request",
                    Json.object()
                            .put("url", this.repository.api("/pulls/" + ticket.number))
                            .put("html_url", this.repository.html("/pull/" + ticket.number))
                            .put("merged_at", date(ticket.pull.mergedAt)));
        }
        return view;
    }

    /** As in a list, without what GitHub has to work out. */
    ObjectNode listed(Ticket ticket) {
        Pull pull = Objects.requireNonNull(ticket.pull);
        ObjectNode view = common(ticket)
                .put("url", this.repository.api("/pulls/" + ticket.number))
                .put("html_url", this.repository.html("/pull/" + ticket.number))
                .put("issue_url", this.repository.api("/issues/" + ticket.number))
                .put("draft", pull.draft)
                .put("merged_at", date(pull.mergedAt))
                .put("merge_commit_sha", pull.mergeCommit == null ? null : pull.mergeCommit.name());
        view.set("head", end(pull.head, pull.headAt));
        view.set("base", end(pull.base, pull.baseAt));
        return view;
    }

    ObjectNode pull(Ticket ticket) throws IOException {
        Pull pull = Objects.requireNonNull(ticket.pull);
        ObjectNode view = listed(ticket).put("merged", pull.merged);
        view.put("comments", this.repository.tickets().comments(ticket.number).size());
        view.put(
                "commits",
                this.repository.history().between(pull.baseAt, pull.headAt).size());
        if (pull.merged || !ticket.open) {
            return view.putNull("mergeable").put("mergeable_state", "unknown");
        }
        ObjectId trial = new PullMerge(this.repository).trial(pull);
        boolean isBlocked = this.repository.writes().protection(pull.base) == Protection.REVIEWS;
        return view.put("mergeable", trial != null)
                .put("merge_commit_sha", trial == null ? null : trial.name())
                .put(
                        "mergeable_state",
                        trial == null ? "dirty" : pull.draft ? "draft" : isBlocked ? "blocked" : "clean");
    }

    ObjectNode comment(Comment comment) {
        ObjectNode view = Json.object()
                .put("id", comment.id())
                .put("node_id", "IC_" + comment.id())
                .put("body", comment.body())
                .put("created_at", date(comment.createdAt()))
                .put("updated_at", date(comment.updatedAt()))
                .put("url", this.repository.api("/issues/comments/" + comment.id()))
                .put("issue_url", this.repository.api("/issues/" + comment.ticket()))
                .put("html_url", this.repository.html("/issues/" + comment.ticket()) + "#issuecomment-" + comment.id());
        view.set("user", GitHubDouble.person(comment.author()));
        return view;
    }

    ObjectNode label(String name) {
        return Json.object()
                .put("id", name.hashCode() & 0xffff)
                .put("node_id", "LA_" + name)
                .put("name", name)
                .put("color", "ededed")
                .put("default", false)
                .putNull("description")
                .put("url", this.repository.api("/labels/" + name));
    }

    private ObjectNode common(Ticket ticket) {
        ObjectNode view = Json.object()
                .put("id", this.repository.id() * 100_000L + ticket.number)
                .put("node_id", (ticket.pull == null ? "I_" : "PR_") + this.repository.id() + "_" + ticket.number)
                .put("number", ticket.number)
                .put("title", ticket.title)
                .put("body", ticket.body)
                .put("state", ticket.open ? "open" : "closed")
                .put("locked", false)
                .put("created_at", date(ticket.createdAt))
                .put("updated_at", date(ticket.updatedAt))
                .put("closed_at", date(ticket.closedAt));
        view.set("user", GitHubDouble.person(ticket.author));
        view.set("labels", Json.array(ticket.labels, this::label));
        view.set("assignees", Json.array());
        view.putNull("assignee").putNull("milestone");
        return view;
    }

    private ObjectNode end(String branch, ObjectId at) {
        ObjectNode view = Json.object()
                .put("label", this.repository.owner() + ":" + branch)
                .put("ref", branch)
                .put("sha", at.name());
        view.set("user", GitHubDouble.person(this.repository.owner()));
        view.set("repo", RepositoryCalls.view(this.repository));
        return view;
    }

    private static @Nullable String date(@Nullable Instant instant) {
        return instant == null ? null : CommitViews.date(instant);
    }
}
