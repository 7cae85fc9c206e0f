package cloud.enact.undo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps keys on the heap. */
final class InMemoryIdempotencyKeys implements IdempotencyKeys {

    private static final int CAPACITY = 10_000;

    private final Map<List<String>, Use> uses = new HashMap<>();

    @Override
    public synchronized Optional<Use> find(String scope, String key) {
        return Optional.ofNullable(this.uses.get(List.of(scope, key)));
    }

    @Override
    public synchronized Optional<Use> take(String scope, String key, String digest, String attempt) {
        Use earlier = this.uses.get(List.of(scope, key));
        if (earlier != null) {
            return Optional.of(earlier);
        }
        if (this.uses.size() >= CAPACITY) {
            throw new UndoLogException(
                    "The keys in memory are full (" + CAPACITY + "); keep them in a file with"
                            + " enact.receipts.store=embedded",
                    null);
        }
        this.uses.put(List.of(scope, key), new Use(digest, attempt, false, null));
        return Optional.empty();
    }

    @Override
    public synchronized void done(String scope, String key, String attempt, @Nullable String reference) {
        Use use = this.uses.get(List.of(scope, key));
        if (use == null || !use.attempt().equals(attempt)) {
            throw new UndoLogException("Somebody else has the idempotency key", null);
        }
        this.uses.put(List.of(scope, key), new Use(use.digest(), attempt, true, reference));
    }

    @Override
    public synchronized void giveBack(String scope, String key, String attempt) {
        Use use = this.uses.get(List.of(scope, key));
        if (use != null && use.attempt().equals(attempt) && !use.done()) {
            this.uses.remove(List.of(scope, key));
        }
    }
}
