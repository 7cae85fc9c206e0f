package cloud.enact.encryption;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps wrapped data keys. Thread-safe.
 *
 * <ol>
 *   <li>What {@link #putIfAbsent} returns is durable.
 *   <li>Of all that put a key for the same subject or id, in all processes that share the table, one wins.
 *   <li>After {@link #erase} nothing that the table keeps holds the wrapped key any more, and the id is remembered.
 *   <li>An erased key never comes back.
 * </ol>
 *
 * <p>Every method throws {@link EncryptionException} when the table can't be read or written.
 */
public interface KeyTable {

    /** Keys one call gives at most. */
    int MAX_LIMIT = 1000;

    /** Finds a key, or what is left of it. */
    Optional<WrappedKey> find(String kid);

    /** Finds the key of a subject by the keyed hash of it. */
    Optional<WrappedKey> findBySubject(byte[] subject);

    /** Keeps a key unless there is one for its id or subject; returns the one that is kept. */
    WrappedKey putIfAbsent(WrappedKey key);

    /** Keeps another wrapping of a key that is there; does nothing when it was erased meanwhile. */
    void rewrap(WrappedKey key);

    /**
     * Erases a key, durably and without a copy.
     *
     * @return whether there is such a key, erased now or before
     */
    boolean erase(String kid);

    /**
     * Keys that other master keys wrapped, in ascending id.
     *
     * @param after an id to go on behind, or {@code null} from the start
     * @param limit at most this many, 1 to 1000
     */
    List<WrappedKey> wrappedByOthers(String master, @Nullable String after, int limit);

    /** Whether any key was ever kept. */
    boolean isEmpty();

    /** Keys on the heap, gone with the process and with them everything they encrypt: for tests and trials. */
    static KeyTable inMemory() {
        return new InMemoryKeyTable();
    }
}
