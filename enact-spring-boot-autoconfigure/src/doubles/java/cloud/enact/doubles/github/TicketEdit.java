package cloud.enact.doubles.github;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** What a PATCH changes of an issue or a pull request. */
final class TicketEdit {

    private final Tickets tickets;

    TicketEdit(Tickets tickets) {
        this.tickets = tickets;
    }

    void apply(Ticket ticket, Call call) throws IOException {
        String state = call.text("state");
        if ("open".equals(state)) {
            this.tickets.rules().reopen(ticket);
            ticket.reason = ticket.pull == null ? "reopened" : null;
        } else if ("closed".equals(state) && ticket.open) {
            ticket.close();
            String reason = call.text("state_reason");
            ticket.reason = ticket.pull != null ? null : reason == null ? "completed" : reason;
        } else if (state != null && !state.equals("closed")) {
            throw Refusal.invalidField("Issue", "state");
        }
        String title = call.text("title");
        if (title != null) {
            ticket.title = title;
        }
        if (call.body().has("body")) {
            ticket.body = call.text("body");
        }
        if (call.body().has("labels")) {
            ticket.labels.clear();
            this.tickets.label(
                    ticket, call.list("labels").stream().map(JsonNode::asString).toList());
        }
        ticket.touch();
    }
}
