package cloud.enact.encryption;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that were used last, by a name. Thread-safe. */
final class KeyCache {

    private final Map<String, Kept> kept;

    KeyCache(int capacity) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized @Nullable Kept get(String name) {
        return this.kept.get(name);
    }

    synchronized void put(String name, Kept kept) {
        this.kept.put(name, kept);
    }

    /** Forgets a key under whatever name. */
    synchronized void forget(String kid) {
        this.kept.values().removeIf(key -> key.key().kid().equals(kid));
    }

    /**
     * A key.
     *
     * @param checked when it was seen in the table
     */
    record Kept(DataKey key, Instant checked) {

        boolean isFresh(Instant now, Duration most) {
            // a clock that was put back makes nothing fresh for longer
            return !now.isBefore(this.checked) && now.isBefore(this.checked.plus(most));
        }
    }
}
