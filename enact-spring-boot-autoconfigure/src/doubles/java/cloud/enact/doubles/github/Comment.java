package cloud.enact.doubles.github;

import java.time.Instant;

/**
 * A comment on a ticket.
 *
 * @param id its id, never used twice
 * @param ticket the ticket
 * @param author who wrote it
 * @param body what it says
 * @param createdAt when it was written
 * @param updatedAt when it was last changed
 */
record Comment(long id, int ticket, String author, String body, Instant createdAt, Instant updatedAt) {

    Comment says(String other) {
        return new Comment(this.id, this.ticket, this.author, other, this.createdAt, Instant.now());
    }
}
