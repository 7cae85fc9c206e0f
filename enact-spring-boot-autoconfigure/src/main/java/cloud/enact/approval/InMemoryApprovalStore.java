package cloud.enact.approval;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests on the heap; the oldest that are final make room, and when there are none, further ones are refused. */
final class InMemoryApprovalStore implements ApprovalStore {

    private static final int CAPACITY = 10_000;

    /** Bytes of all of them together, as JSON. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** In the order of their texts, which for version 7 is the order they were made in. */
    private final TreeMap<String, ApprovalRequest> requests = new TreeMap<>();

    /** Sizes of the requests when they were opened. */
    private final Map<UUID, Integer> sizes = new HashMap<>();

    private long bytes;

    private final Map<String, UUID> open = new HashMap<>();

    private final Map<String, UUID> last = new HashMap<>();

    @Override
    public synchronized ApprovalRequest open(ApprovalRequest request) {
        Optional<ApprovalRequest> known = findOpen(request.terms().call());
        if (known.isPresent()) {
            return known.get();
        }
        int size = RequestSize.of(request);
        makeRoom(size);
        this.sizes.put(request.id(), size);
        this.bytes += size;
        keep(request);
        this.last.put(request.terms().call(), request.id());
        return request;
    }

    private void makeRoom(int size) {
        Iterator<ApprovalRequest> oldest = this.requests.values().iterator();
        while (this.requests.size() >= CAPACITY || this.bytes + size > MOST_BYTES) {
            if (!oldest.hasNext()) {
                throw new ApprovalStoreException("Too many requests for approval are open; answer some of them", null);
            }
            ApprovalRequest request = oldest.next();
            if (request.state().isFinal()) {
                oldest.remove();
                this.bytes -= Objects.requireNonNull(this.sizes.remove(request.id()));
                this.last.remove(request.terms().call(), request.id());
            }
        }
    }

    private void keep(ApprovalRequest request) {
        this.requests.put(request.id().toString(), request);
        if (request.state().isFinal()) {
            this.open.remove(request.terms().call(), request.id());
        } else {
            this.open.put(request.terms().call(), request.id());
        }
    }

    @Override
    public synchronized Optional<ApprovalRequest> find(UUID id) {
        return Optional.ofNullable(this.requests.get(id.toString()));
    }

    @Override
    public synchronized Optional<ApprovalRequest> findOpen(String call) {
        return Optional.ofNullable(this.open.get(call)).flatMap(this::find);
    }

    @Override
    public synchronized Optional<ApprovalRequest> findLast(String call) {
        return Optional.ofNullable(this.last.get(call)).flatMap(this::find);
    }

    @Override
    public synchronized boolean replace(ApprovalRequest next) {
        ApprovalRequest known = this.requests.get(next.id().toString());
        if (known == null || known.state().isFinal() || known.version() != next.version() - 1) {
            return false;
        }
        keep(next);
        return true;
    }

    @Override
    public synchronized List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
        ApprovalStore.requireLimit(limit);
        NavigableMap<String, ApprovalRequest> rest =
                (after != null) ? this.requests.tailMap(after.toString(), false) : this.requests;
        return rest.values().stream()
                .filter(request -> !request.state().isFinal())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int countOpen(int most) {
        return Math.min(this.open.size(), most);
    }

    @Override
    public synchronized List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
        ApprovalStore.requireLimit(limit);
        NavigableMap<String, ApprovalRequest> rest =
                (before != null) ? this.requests.headMap(before.toString(), false) : this.requests;
        return rest.descendingMap().values().stream().limit(limit).toList();
    }
}
