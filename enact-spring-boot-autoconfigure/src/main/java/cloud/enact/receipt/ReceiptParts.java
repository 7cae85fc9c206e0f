package cloud.enact.receipt;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The parts of a store that can be removed as a whole, by a role that may. Thread-safe. */
public interface ReceiptParts {

    /**
     * The oldest part.
     *
     * @param retention all of it was stored longer ago, by the store's own clock: that of one node must not remove what
     *     all of them wrote
     * @throws ReceiptStoreException when the store can't be read
     */
    Optional<Part> oldest(Duration retention);

    /**
     * Removes it.
     *
     * @throws ReceiptStoreException when it could not be removed
     */
    void drop(Part part);

    /**
     * A part: the beginning of each log that has entries in it, or what follows on the beginning that went before.
     *
     * @param name its name
     * @param ends last place of each log in it
     * @param kept why it has to stay, or empty
     */
    record Part(String name, Map<String, Long> ends, Optional<String> kept) {

        public Part {
            ends = Map.copyOf(ends);
        }
    }
}
