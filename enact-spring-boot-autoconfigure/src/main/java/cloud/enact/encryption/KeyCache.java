package cloud.enact.encryption;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that were used last, by a name. Thread-safe. */
final class KeyCache {

    private final Map<String, Entry> entries;

    KeyCache(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, KeyCache.Entry> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized @Nullable Entry get(String name) {
        return this.entries.get(name);
    }

    synchronized void put(String name, Entry entry) {
        this.entries.put(name, entry);
    }

    /** Forgets a key under whatever name. */
    synchronized void forget(String kid) {
        this.entries.values().removeIf(entry -> entry.key().kid().equals(kid));
    }

    /**
     * A key.
     *
     * @param checked when it was seen in the table
     */
    record Entry(DataKey key, Instant checked) {

        boolean isFresh(Instant now, Duration most) {
            // a clock that was put back makes nothing fresh for longer
            return !now.isBefore(this.checked) && now.isBefore(this.checked.plus(most));
        }
    }
}
