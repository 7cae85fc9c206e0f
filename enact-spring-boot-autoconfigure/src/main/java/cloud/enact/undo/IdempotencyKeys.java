package cloud.enact.undo;

import cloud.enact.action.Sha256;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys under which something that nothing takes back is done at most once. Thread-safe.
 *
 * <ol>
 *   <li>{@link #take} returns only when the key is durably taken.
 *   <li>Of all that take a key at the same time, in all processes that share the keys, one at most gets it.
 *   <li>A key that was taken stays taken, whatever becomes of the process, until {@link #giveBack} gives it back.
 *   <li>What was noted with {@link #done} is found ever after.
 * </ol>
 */
public interface IdempotencyKeys {

    /**
     * How a key is used.
     *
     * @param digest digest of what was to be done under it
     * @param attempt who took it
     * @param done whether it was done; otherwise somebody is at it, or died, and only looking tells
     * @param reference what it was done as, such as the id of a message, or {@code null}
     */
    record Use(
            String digest,
            String attempt,
            boolean done,
            @Nullable String reference) {}

    /**
     * How a key is used; empty when it is free.
     *
     * @param scope whose key it is, such as the name of a connector
     */
    Optional<Use> find(String scope, String key);

    /**
     * Takes a key.
     *
     * @param scope whose key it is
     * @param digest digest of what is to be done under it
     * @param attempt who takes it, used for no other key
     * @return how it is used already; empty when it was free and now is taken
     */
    Optional<Use> take(String scope, String key, String digest, String attempt);

    /**
     * Notes that it was done.
     *
     * @param reference what it was done as, or {@code null}
     * @throws UndoLogException when the attempt has not got the key
     */
    void done(String scope, String key, String attempt, @Nullable String reference);

    /** Gives a key back under which certainly nothing was done. Does nothing when the attempt has not got it. */
    void giveBack(String scope, String key, String attempt);

    /**
     * What a store keeps a key as: its digest, because a key may be about a person.
     *
     * @param scope whose key it is, without line breaks
     */
    static String name(String scope, String key) {
        // a scope has no line break, so that no two pairs come to the same
        return Sha256.hex(scope + '\n' + key);
    }

    /**
     * Keys on the heap, gone with the process: for tests and first steps. Takes at most 10,000 keys and refuses the
     * next.
     */
    static IdempotencyKeys inMemory() {
        return new InMemoryIdempotencyKeys();
    }
}
