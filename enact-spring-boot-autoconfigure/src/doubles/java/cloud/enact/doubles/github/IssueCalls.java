package cloud.enact.doubles.github;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues, their labels and comments over REST. */
final class IssueCalls {

    private final Tickets tickets;

    private final TicketViews views;

    IssueCalls(HostedRepository repository, Routes routes) {
        this.tickets = repository.tickets();
        this.views = new TicketViews(repository);
        routes.on("GET", "/issues", this::list);
        routes.on("POST", "/issues", this::open);
        routes.on("GET", "/issues/([0-9]+)", call -> Answer.ok(this.views.issue(this.tickets.ticket(call.number(1)))));
        routes.on("PATCH", "/issues/([0-9]+)", this::edit);
        routes.on("GET", "/issues/([0-9]+)/comments", this::comments);
        routes.on("POST", "/issues/([0-9]+)/comments", this::comment);
        routes.on("GET", "/issues/comments/([0-9]+)", this::oneComment);
        routes.on("PATCH", "/issues/comments/([0-9]+)", this::editComment);
        routes.on("DELETE", "/issues/comments/([0-9]+)", this::deleteComment);
        routes.on("GET", "/issues/([0-9]+)/labels", call -> labels(this.tickets.ticket(call.number(1))));
        routes.on("POST", "/issues/([0-9]+)/labels", this::label);
        routes.on("DELETE", "/issues/([0-9]+)/labels/(.+)", this::unlabel);
        routes.on("GET", "/labels", this::ofRepository);
        routes.on("GET", "/labels/(.+)", this::oneOfRepository);
        routes.on("POST", "/labels", this::createLabel);
        routes.on("DELETE", "/labels/(.+)", this::deleteLabel);
    }

    private Answer list(Call call) {
        String state = call.query("state", "open");
        String since = call.query("since", "");
        String labels = call.query("labels", "");
        List<ObjectNode> found = new ArrayList<>();
        for (Ticket ticket : this.tickets.all()) {
            if ((state.equals("all") || state.equals("open") == ticket.open)
                    && (since.isEmpty() || !ticket.updatedAt.isBefore(Instant.parse(since)))
                    && (labels.isEmpty() || ticket.labels.containsAll(Arrays.asList(labels.split(","))))) {
                found.add(this.views.issue(ticket));
            }
        }
        return call.page(found);
    }

    private Answer open(Call call) {
        String title = call.needed("title");
        if (title.isBlank()) {
            throw Refusal.invalidField("Issue", "title");
        }
        Ticket ticket = this.tickets.open(GitHubDouble.USER.getName(), title, call.text("body"), null);
        this.tickets.label(ticket, names(call));
        return Answer.created(this.views.issue(ticket));
    }

    private Answer edit(Call call) throws IOException {
        Ticket ticket = this.tickets.ticket(call.number(1));
        new TicketEdit(this.tickets).apply(ticket, call);
        return Answer.ok(this.views.issue(ticket));
    }

    private Answer comments(Call call) {
        int number = this.tickets.ticket(call.number(1)).number;
        return call.page(
                this.tickets.comments(number).stream().map(this.views::comment).toList());
    }

    private Answer comment(Call call) {
        String body = call.needed("body");
        if (body.isBlank()) {
            throw Refusal.invalidField("IssueComment", "body");
        }
        Ticket ticket = this.tickets.ticket(call.number(1));
        return Answer.created(this.views.comment(this.tickets.comment(ticket, GitHubDouble.USER.getName(), body)));
    }

    private Answer oneComment(Call call) {
        return Answer.ok(this.views.comment(this.tickets.oneComment(call.id(1))));
    }

    private Answer editComment(Call call) {
        Comment changed = this.tickets.oneComment(call.id(1)).says(call.needed("body"));
        this.tickets.put(changed);
        return Answer.ok(this.views.comment(changed));
    }

    private Answer deleteComment(Call call) {
        this.tickets.remove(this.tickets.oneComment(call.id(1)));
        return Answer.noContent();
    }

    private Answer labels(Ticket ticket) {
        return Answer.ok(Json.array(ticket.labels, this.views::label));
    }

    private Answer label(Call call) {
        Ticket ticket = this.tickets.ticket(call.number(1));
        this.tickets.label(ticket, names(call));
        return labels(ticket);
    }

    private Answer unlabel(Call call) {
        Ticket ticket = this.tickets.ticket(call.number(1));
        if (!ticket.labels.remove(call.part(2))) {
            throw new Refusal(404, "Label does not exist");
        }
        ticket.touch();
        return labels(ticket);
    }

    private Answer ofRepository(Call call) {
        return call.page(this.tickets.labels().stream().map(this.views::label).toList());
    }

    private Answer oneOfRepository(Call call) {
        String name = this.tickets.labels().stream()
                .filter(call.part(1)::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(Refusal::notFound);
        return Answer.ok(this.views.label(name));
    }

    private Answer createLabel(Call call) {
        if (!this.tickets.labels().add(call.needed("name"))) {
            throw Refusal.validation("Label", "already_exists");
        }
        return Answer.created(this.views.label(call.needed("name")));
    }

    private Answer deleteLabel(Call call) {
        if (!this.tickets.labels().remove(call.part(1))) {
            throw Refusal.notFound();
        }
        this.tickets.all().forEach(ticket -> ticket.labels.remove(call.part(1)));
        return Answer.noContent();
    }

    private static List<String> names(Call call) {
        List<String> names = new ArrayList<>();
        for (JsonNode label : call.list("labels")) {
            String name = label.isObject() ? label.path("name").asString("") : label.asString();
            if (name.isBlank() || name.length() > 50) {
                throw Refusal.invalidField("Label", "name");
            }
            names.add(name);
        }
        return names;
    }
}
