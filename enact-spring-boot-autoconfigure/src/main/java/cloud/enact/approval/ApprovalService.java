package cloud.enact.approval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people may do with requests for approval: every door for answers, such as pages, links and the actuator, leads
 * here. Thread-safe.
 *
 * <p>Every method throws {@link ApprovalStoreException} when the store can't be read or written.
 */
public interface ApprovalService {

    /** Finds a request by its ticket. */
    Optional<ApprovalRequest> find(UUID id);

    /** Requests that are open, as {@link ApprovalStore#findOpen(UUID, int)} gives them. */
    List<ApprovalRequest> findOpen(@Nullable UUID after, int limit);

    /** All requests, as {@link ApprovalStore#findNewest} gives them. */
    List<ApprovalRequest> findNewest(@Nullable UUID before, int limit);

    /**
     * Counts a person's answer, once it is on record.
     *
     * @param id the ticket
     * @param approver who answers: with the groups the person is in
     * @param approved whether it is a yes
     * @param reason why, in the person's own words, or {@code null}
     * @return the request with the answer
     * @throws ApprovalRefusedException when this person can't answer it, or nobody can any more
     */
    ApprovalRequest answer(UUID id, Approver approver, boolean approved, @Nullable String reason);
}
