package cloud.enact.encryption;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The master key that wraps new data keys, and those that wrapped older ones. Immutable, thread-safe. */
public final class MasterKeys {

    private static final int LONGEST_ID = 256;

    private final MasterKey current;

    private final Map<String, MasterKey> byId;

    private MasterKeys(MasterKey current, Collection<? extends MasterKey> former) {
        this.current = current;
        Map<String, MasterKey> keys = new LinkedHashMap<>();
        keys.put(requireId(current), current);
        for (MasterKey key : former) {
            if (keys.putIfAbsent(requireId(key), key) != null) {
                throw new IllegalArgumentException(
                        "Two master keys have the id '" + key.id() + "'; remove the one that is configured twice");
            }
        }
        this.byId = Map.copyOf(keys);
    }

    /** One key. */
    public static MasterKeys of(MasterKey current) {
        return of(current, List.of());
    }

    /**
     * Several keys.
     *
     * @param current wraps from now on
     * @param former wrapped before, and unwrap still
     * @throws IllegalArgumentException when two keys have the same id, or one has none that can be kept
     */
    public static MasterKeys of(MasterKey current, Collection<? extends MasterKey> former) {
        return new MasterKeys(current, former);
    }

    private static String requireId(MasterKey key) {
        String id = key.id();
        if (id.isEmpty() || id.length() > LONGEST_ID || !id.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("The id of a master key has 1 to 256 visible ASCII characters");
        }
        return id;
    }

    MasterKey current() {
        return this.current;
    }

    byte[] unwrap(WrappedKey key, byte[] context) {
        @Nullable MasterKey master = this.byId.get(String.valueOf(key.master()));
        if (master == null || key.wrapped() == null) {
            throw new EncryptionException(
                    "Data key " + key.kid() + " was wrapped by master key '" + key.master()
                            + "', which is not configured; add it to the former master keys",
                    null);
        }
        return master.unwrap(key.wrapped(), context);
    }

    /** The ids. */
    @Override
    public String toString() {
        return this.byId.keySet().toString();
    }
}
