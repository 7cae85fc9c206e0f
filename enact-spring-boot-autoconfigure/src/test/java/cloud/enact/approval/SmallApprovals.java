package cloud.enact.approval;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** As much of a service as doors need: answers count, and the requester's own does not. */
public class SmallApprovals implements ApprovalService {

    protected final ApprovalStore store;

    private final Clock clock;

    public SmallApprovals(ApprovalStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<ApprovalRequest> find(UUID id) {
        return this.store.find(id);
    }

    @Override
    public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
        return this.store.findOpen(after, limit);
    }

    @Override
    public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
        return this.store.findNewest(before, limit);
    }

    @Override
    public ApprovalRequest answer(UUID id, Approver approver, boolean approved, @Nullable String reason) {
        ApprovalRequest request = find(id).orElseThrow(() -> new ApprovalRefusedException("There is no such request."));
        if (request.state() != ApprovalState.PENDING) {
            throw new ApprovalRefusedException("It is answered already.");
        }
        if (request.asked().requester().id().equalsIgnoreCase(approver.id())) {
            throw new ApprovalRefusedException("Whoever asks can't answer.");
        }
        requireGroup(request, approver);
        ApprovalAnswer answer =
                new ApprovalAnswer(approved, approver.id(), approver.channel(), reason, this.clock.instant());
        ApprovalRequest next =
                new SampleApprovals().next(request, approved ? ApprovalState.APPROVED : ApprovalState.DENIED, answer);
        if (!this.store.replace(next)) {
            throw new ApprovalRefusedException("Somebody else was faster.");
        }
        return next;
    }

    protected void requireGroup(ApprovalRequest request, Approver approver) {
        if (!request.terms().groups().isEmpty()
                && request.terms().groups().stream().noneMatch(approver.groups()::contains)) {
            throw new ApprovalRefusedException("You are in none of the groups that can answer it.");
        }
    }
}
