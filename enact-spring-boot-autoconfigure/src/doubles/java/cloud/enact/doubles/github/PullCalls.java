package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests over REST. */
final class PullCalls {

    private final HostedRepository repository;

    private final Tickets tickets;

    private final TicketViews views;

    PullCalls(HostedRepository repository, Routes routes) {
        this.repository = repository;
        this.tickets = repository.tickets();
        this.views = new TicketViews(repository);
        routes.on("GET", "/pulls", this::list);
        routes.on("POST", "/pulls", this::open);
        routes.on("GET", "/pulls/([0-9]+)", call -> Answer.ok(this.views.pull(this.tickets.pull(call.number(1)))));
        routes.on("PATCH", "/pulls/([0-9]+)", this::edit);
        routes.on("GET", "/pulls/([0-9]+)/commits", this::commits);
        routes.on("GET", "/pulls/([0-9]+)/files", this::files);
        routes.on("GET", "/pulls/([0-9]+)/merge", this::isMerged);
        routes.on("PUT", "/pulls/([0-9]+)/merge", this::merge);
    }

    private Answer list(Call call) {
        String state = call.query("state", "open");
        String head = call.query("head", "");
        String base = call.query("base", "");
        List<ObjectNode> found = new ArrayList<>();
        for (Ticket ticket : this.tickets.all()) {
            Pull pull = ticket.pull;
            if (pull != null
                    && (state.equals("all") || state.equals("open") == ticket.open)
                    && (head.isEmpty() || head.equals(this.repository.owner() + ":" + pull.head))
                    && (base.isEmpty() || base.equals(pull.base))) {
                found.add(this.views.listed(ticket));
            }
        }
        return call.page(found);
    }

    private Answer open(Call call) throws IOException {
        String head = call.needed("head");
        String own = this.repository.owner() + ":";
        Ticket ticket = this.tickets
                .rules()
                .open(
                        GitHubDouble.USER.getName(),
                        call.needed("title"),
                        call.text("body"),
                        head.startsWith(own) ? head.substring(own.length()) : head,
                        call.needed("base"),
                        call.flag("draft"));
        return Answer.created(this.views.pull(ticket));
    }

    private Answer edit(Call call) throws IOException {
        Ticket ticket = this.tickets.pull(call.number(1));
        new TicketEdit(this.tickets).apply(ticket, call);
        return Answer.ok(this.views.pull(ticket));
    }

    private Answer commits(Call call) throws IOException {
        Pull pull = Objects.requireNonNull(this.tickets.pull(call.number(1)).pull);
        List<RevCommit> commits = this.repository.history().between(pull.baseAt, pull.headAt);
        CommitViews commitViews = new CommitViews(this.repository);
        return call.page(commits.stream().map(commitViews::listed).toList());
    }

    private Answer files(Call call) throws IOException {
        Pull pull = Objects.requireNonNull(this.tickets.pull(call.number(1)).pull);
        RevCommit common = this.repository.history().mergeBase(pull.baseAt, pull.headAt);
        GitObjects objects = this.repository.objects();
        return Answer.ok(new FileChanges(objects)
                .between(common == null ? null : common.getTree(), objects.treeOf(pull.headAt)));
    }

    private Answer isMerged(Call call) {
        if (!Objects.requireNonNull(this.tickets.pull(call.number(1)).pull).merged) {
            throw Refusal.notFound();
        }
        return Answer.noContent();
    }

    private Answer merge(Call call) throws IOException {
        Ticket ticket = this.tickets.pull(call.number(1));
        Pull pull = Objects.requireNonNull(ticket.pull);
        if (!ticket.open) {
            throw new Refusal(405, "Pull Request is not mergeable");
        }
        String expected = call.text("sha");
        if (expected != null && !expected.equals(pull.headAt.name())) {
            throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
        }
        if (this.repository.writes().protection(pull.base) == Protection.REVIEWS) {
            throw new Refusal(405, "At least 1 approving review is required by reviewers with write access.");
        }
        String method = call.text("merge_method");
        ObjectId commit = new PullMerge(this.repository)
                .merge(
                        ticket,
                        method == null ? "merge" : method,
                        call.text("commit_title"),
                        call.text("commit_message"));
        return Answer.ok(Json.object()
                .put("sha", commit.name())
                .put("merged", true)
                .put("message", "Pull Request successfully merged"));
    }
}
