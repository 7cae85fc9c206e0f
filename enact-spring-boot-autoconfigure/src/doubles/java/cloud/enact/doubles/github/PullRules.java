package cloud.enact.doubles.github;

import java.io.IOException;
import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** When a pull request opens, and what becomes of it when its branches move. */
final class PullRules {

    private final HostedRepository repository;

    private final Tickets tickets;

    PullRules(HostedRepository repository, Tickets tickets) {
        this.repository = repository;
        this.tickets = tickets;
    }

    /** Opens a pull request where GitHub would. */
    Ticket open(String author, String title, @Nullable String body, String head, String base, boolean draft)
            throws IOException {
        ObjectId headAt = this.repository.refNames().head(head);
        ObjectId baseAt = this.repository.refNames().head(base);
        if (headAt == null) {
            throw Refusal.invalidField("PullRequest", "head");
        }
        if (baseAt == null) {
            throw Refusal.invalidField("PullRequest", "base");
        }
        if (openBetween(head, base) != null) {
            throw Refusal.validation(
                    "PullRequest", "A pull request already exists for " + this.repository.owner() + ":" + head + ".");
        }
        if (this.repository.history().isAncestor(headAt, baseAt)) {
            throw Refusal.validation("PullRequest", "No commits between " + base + " and " + head);
        }
        Ticket ticket = this.tickets.open(author, title, body, new Pull(head, base, headAt, baseAt, draft));
        this.repository.refNames().set("refs/pull/" + ticket.number + "/head", headAt);
        return ticket;
    }

    /** Opens one again where GitHub would. */
    void reopen(Ticket ticket) throws IOException {
        Pull pull = ticket.pull;
        if (ticket.open) {
            return;
        }
        if (pull != null) {
            if (pull.merged) {
                throw Refusal.validation(
                        "PullRequest", "state cannot be changed. The pull request cannot be reopened.");
            }
            ObjectId head = this.repository.refNames().head(pull.head);
            if (head == null || this.repository.refNames().head(pull.base) == null) {
                String gone = head == null ? pull.head : pull.base;
                throw Refusal.validation(
                        "PullRequest", "state cannot be changed. The " + gone + " branch has been deleted.");
            }
            if (!head.equals(pull.headAt)) {
                throw Refusal.validation(
                        "PullRequest",
                        "state cannot be changed. The " + pull.head + " branch was force-pushed or recreated.");
            }
            if (openBetween(pull.head, pull.base) != null) {
                throw Refusal.validation(
                        "PullRequest",
                        "state cannot be changed. There is already an open pull request from " + pull.head + " to "
                                + pull.base + ".");
            }
        }
        ticket.reopen();
    }

    /** Brings pull requests up to the branches after these moved. */
    void follow() throws IOException {
        for (Ticket ticket : this.tickets.all()) {
            if (ticket.pull != null && ticket.open) {
                follow(ticket, ticket.pull);
            }
        }
    }

    private void follow(Ticket ticket, Pull pull) throws IOException {
        ObjectId head = this.repository.refNames().head(pull.head);
        ObjectId base = this.repository.refNames().head(pull.base);
        if (head == null || base == null) {
            ticket.close();
            return;
        }
        boolean isPushed = !head.equals(pull.headAt);
        if (!isPushed && this.repository.history().isAncestor(head, base)) {
            // somebody merged it past the button
            merged(ticket, pull, base);
            return;
        }
        if (isPushed) {
            pull.headAt = head;
            pull.baseAt = base;
            ticket.touch();
            this.repository.refNames().set("refs/pull/" + ticket.number + "/head", head);
            if (this.repository.history().isAncestor(head, base)) {
                // nothing is left to merge
                ticket.close();
            }
        }
    }

    /** Writes down that it is merged. */
    static void merged(Ticket ticket, Pull pull, ObjectId commit) {
        pull.merged = true;
        pull.mergeCommit = commit;
        pull.mergedAt = Instant.now();
        ticket.close();
    }

    private @Nullable Ticket openBetween(String head, String base) {
        for (Ticket ticket : this.tickets.all()) {
            Pull pull = ticket.pull;
            if (pull != null && ticket.open && pull.head.equals(head) && pull.base.equals(base)) {
                return ticket;
            }
        }
        return null;
    }
}
