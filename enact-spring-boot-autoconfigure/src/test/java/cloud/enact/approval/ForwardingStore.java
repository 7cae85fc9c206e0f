package cloud.enact.approval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store in front of another one. */
class ForwardingStore implements ApprovalStore {

    private final ApprovalStore store;

    ForwardingStore(ApprovalStore store) {
        this.store = store;
    }

    @Override
    public ApprovalRequest open(ApprovalRequest request) {
        return this.store.open(request);
    }

    @Override
    public Optional<ApprovalRequest> find(UUID id) {
        return this.store.find(id);
    }

    @Override
    public Optional<ApprovalRequest> findOpen(String call) {
        return this.store.findOpen(call);
    }

    @Override
    public Optional<ApprovalRequest> findLast(String call) {
        return this.store.findLast(call);
    }

    @Override
    public boolean replace(ApprovalRequest next) {
        return this.store.replace(next);
    }

    @Override
    public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
        return this.store.findOpen(after, limit);
    }

    @Override
    public int countOpen(int most) {
        return this.store.countOpen(most);
    }

    @Override
    public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
        return this.store.findNewest(before, limit);
    }
}
