package cloud.enact.approval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests for approval. Thread-safe.
 *
 * <ol>
 *   <li>What {@link #open} and {@link #replace} return is durable.
 *   <li>Of all that open a request for the same call, in all processes that share the store, one wins as long as its
 *       state is not final.
 *   <li>Of all that replace the same version of a request, in all processes, one wins.
 *   <li>What somebody else wrote into the store is not taken for a request.
 * </ol>
 *
 * <p>Every method throws {@link ApprovalStoreException} when the store can't be read or written.
 */
public interface ApprovalStore {

    /** Requests one call gives at most. */
    int MAX_LIMIT = 200;

    /** Keeps a new request, unless one for the same call is open; returns the one that is kept. */
    ApprovalRequest open(ApprovalRequest request);

    /** Finds a request by its ticket. */
    Optional<ApprovalRequest> find(UUID id);

    /** Finds the request for a call whose state is not final. */
    Optional<ApprovalRequest> findOpen(String call);

    /**
     * Finds the newest request for a call, whatever its state: whoever repeats a call learns that way that it was
     * denied.
     */
    Optional<ApprovalRequest> findLast(String call);

    /**
     * Keeps the next version of a request whose state is not final.
     *
     * @param next the request with a version that is one higher than the one that is kept
     * @return whether that was still the version that is kept
     */
    boolean replace(ApprovalRequest next);

    /**
     * Requests whose state is not final, in ascending order of their tickets.
     *
     * @param after a ticket to go on behind, or {@code null} from the start
     * @param limit at most this many, 1 to {@value #MAX_LIMIT}
     */
    List<ApprovalRequest> findOpen(@Nullable UUID after, int limit);

    /**
     * Counts requests whose state is not final and reads none: there are no more of them than that. What somebody else
     * wrote may be counted as well.
     *
     * @param most how far it counts, 1 or more
     */
    int countOpen(int most);

    /**
     * All requests, the newest first.
     *
     * @param before a ticket to go on behind, or {@code null} from the newest
     * @param limit at most this many, 1 to {@value #MAX_LIMIT}
     */
    List<ApprovalRequest> findNewest(@Nullable UUID before, int limit);

    /**
     * Checks how many requests a call asks for.
     *
     * @throws IllegalArgumentException when it is none, or more than {@value #MAX_LIMIT}
     */
    static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_LIMIT + " requests");
        }
    }

    /** Requests on the heap, gone with the process: for tests and trials, and where receipts are there, too. */
    static ApprovalStore inMemory() {
        return new InMemoryApprovalStore();
    }
}
