package cloud.enact.doubles.github;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An issue or a pull request, which share their numbers. */
final class Ticket {

    final int number;

    final Instant createdAt = Instant.now();

    final TreeSet<String> labels = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    final @Nullable Pull pull;

    final String author;

    String title;

    @Nullable
    String body;

    boolean open = true;

    @Nullable
    String reason;

    Instant updatedAt = this.createdAt;

    @Nullable
    Instant closedAt;

    Ticket(int number, String author, String title, @Nullable String body, @Nullable Pull pull) {
        this.number = number;
        this.author = author;
        this.title = title;
        this.body = body;
        this.pull = pull;
    }

    void touch() {
        this.updatedAt = Instant.now();
    }

    void close() {
        this.open = false;
        this.closedAt = Instant.now();
        touch();
    }

    void reopen() {
        this.open = true;
        this.closedAt = null;
        touch();
    }

    String state() {
        if (this.open) {
            return "open";
        }
        return this.pull != null && this.pull.merged ? "merged" : "closed";
    }
}
