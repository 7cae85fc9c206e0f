package cloud.enact.doubles.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Issues, pull requests, labels and comments of a repository, and the hands of a person who works on them. */
public final class Tickets {

    private static final String PERSON = "a-person";

    private final HostedRepository repository;

    private final TreeMap<Integer, Ticket> tickets = new TreeMap<>();

    private final TreeMap<Long, Comment> comments = new TreeMap<>();

    private final TreeSet<String> labels = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private final PullRules rules;

    private long lastComment;

    Tickets(HostedRepository repository) {
        this.repository = repository;
        this.rules = new PullRules(repository, this);
        this.labels.add("bug");
    }

    /** Opens an issue. */
    public int openIssue(String title, String body) {
        synchronized (this.repository) {
            return open(PERSON, title, body, null).number;
        }
    }

    /** Opens a pull request. */
    public int openPullRequest(String title, String head, String base) {
        synchronized (this.repository) {
            try {
                return this.rules.open(PERSON, title, null, head, base, false).number;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Merges a pull request as a person does, whatever protects its base. */
    public String merge(int number, String method) {
        synchronized (this.repository) {
            try {
                return new PullMerge(this.repository)
                        .merge(pull(number), method, null, null)
                        .name();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Closes an issue or a pull request. */
    public void close(int number) {
        synchronized (this.repository) {
            ticket(number).close();
        }
    }

    /** Opens it again. */
    public void reopen(int number) {
        synchronized (this.repository) {
            try {
                this.rules.reopen(ticket(number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Changes title and text. */
    public void edit(int number, String title, String body) {
        synchronized (this.repository) {
            Ticket ticket = ticket(number);
            ticket.title = title;
            ticket.body = body;
            ticket.touch();
        }
    }

    /** Puts labels onto it. */
    public void label(int number, String... names) {
        synchronized (this.repository) {
            label(ticket(number), Set.of(names));
        }
    }

    /** Takes a label away. */
    public void unlabel(int number, String name) {
        synchronized (this.repository) {
            ticket(number).labels.remove(name);
        }
    }

    /** Writes a comment. */
    public long comment(int number, String body) {
        synchronized (this.repository) {
            return comment(ticket(number), PERSON, body).id();
        }
    }

    /** Changes a comment. */
    public void editComment(long id, String body) {
        synchronized (this.repository) {
            put(oneComment(id).says(body));
        }
    }

    /** Deletes a comment. */
    public void deleteComment(long id) {
        synchronized (this.repository) {
            remove(oneComment(id));
        }
    }

    PullRules rules() {
        return this.rules;
    }

    Ticket open(String author, String title, @Nullable String body, @Nullable Pull pull) {
        int number = this.tickets.isEmpty() ? 1 : this.tickets.lastKey() + 1;
        Ticket ticket = new Ticket(number, author, title, body, pull);
        this.tickets.put(number, ticket);
        return ticket;
    }

    Collection<Ticket> all() {
        return this.tickets.descendingMap().values();
    }

    Ticket ticket(int number) {
        Ticket ticket = this.tickets.get(number);
        if (ticket == null) {
            throw Refusal.notFound();
        }
        return ticket;
    }

    Ticket pull(int number) {
        Ticket ticket = ticket(number);
        if (ticket.pull == null) {
            throw Refusal.notFound();
        }
        return ticket;
    }

    Set<String> labels() {
        return this.labels;
    }

    void label(Ticket ticket, Collection<String> names) {
        this.labels.addAll(names);
        ticket.labels.addAll(names);
        ticket.touch();
    }

    Comment comment(Ticket ticket, String author, String body) {
        Instant now = Instant.now();
        Comment comment = new Comment(++this.lastComment, ticket.number, author, body, now, now);
        put(comment);
        return comment;
    }

    void put(Comment comment) {
        this.comments.put(comment.id(), comment);
        ticket(comment.ticket()).touch();
    }

    void remove(Comment comment) {
        this.comments.remove(comment.id());
        ticket(comment.ticket()).touch();
    }

    Comment oneComment(long id) {
        Comment comment = this.comments.get(id);
        if (comment == null) {
            throw Refusal.notFound();
        }
        return comment;
    }

    List<Comment> comments(int number) {
        List<Comment> found = new ArrayList<>(this.comments.values());
        found.removeIf(comment -> comment.ticket() != number);
        return found;
    }

    Map<Integer, RepositoryState.TicketState> state() {
        Map<Integer, RepositoryState.TicketState> state = new TreeMap<>();
        for (Ticket ticket : this.tickets.values()) {
            state.put(
                    ticket.number,
                    new RepositoryState.TicketState(
                            ticket.title,
                            ticket.body,
                            ticket.state(),
                            ticket.labels,
                            comments(ticket.number).stream().map(Comment::body).toList(),
                            ticket.pull == null ? null : ticket.pull.head,
                            ticket.pull == null ? null : ticket.pull.base));
        }
        return state;
    }
}
