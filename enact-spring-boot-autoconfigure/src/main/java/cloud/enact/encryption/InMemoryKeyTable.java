package cloud.enact.encryption;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys on the heap; further ones than {@value #CAPACITY} are refused. */
final class InMemoryKeyTable implements KeyTable {

    private static final int CAPACITY = 100_000;

    private final TreeMap<String, WrappedKey> keys = new TreeMap<>();

    @Override
    public synchronized Optional<WrappedKey> find(String kid) {
        return Optional.ofNullable(this.keys.get(kid));
    }

    @Override
    public synchronized Optional<WrappedKey> findBySubject(byte[] subject) {
        return this.keys.values().stream()
                .filter(key -> key.subject() != null && Arrays.equals(key.subject(), subject))
                .findFirst();
    }

    @Override
    public synchronized WrappedKey putIfAbsent(WrappedKey key) {
        Optional<WrappedKey> known = find(key.kid());
        if (known.isEmpty() && key.subject() != null) {
            known = findBySubject(key.subject());
        }
        if (known.isPresent()) {
            return known.get();
        }
        if (this.keys.size() >= CAPACITY) {
            throw new EncryptionException("The table of data keys in memory is full; keep keys in a file", null);
        }
        this.keys.put(key.kid(), key);
        return key;
    }

    @Override
    public synchronized void rewrap(WrappedKey key) {
        this.keys.computeIfPresent(key.kid(), (kid, known) -> known.isErased() ? known : key);
    }

    @Override
    public synchronized boolean erase(String kid) {
        return this.keys.computeIfPresent(kid, (id, known) -> WrappedKey.erased(id)) != null;
    }

    @Override
    public synchronized List<WrappedKey> wrappedByOthers(String master, @Nullable String after, int limit) {
        Map<String, WrappedKey> rest = (after != null) ? this.keys.tailMap(after, false) : this.keys;
        return rest.values().stream()
                .filter(key -> !key.isErased() && !master.equals(key.master()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean isEmpty() {
        return this.keys.isEmpty();
    }
}
