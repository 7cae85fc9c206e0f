package cloud.enact.receipt;

import java.util.function.Consumer;

/**
 * A place outside the receipt store that can show the checkpoints it remembers. What it shows is only believed with a
 * good signature.
 */
public interface AnchorSource {

    /** Name of this place, for messages. */
    String name();

    /**
     * Shows every checkpoint it remembers, in any order, as a signed note; in constant memory.
     *
     * @throws Exception when it can't be read
     */
    void notes(Consumer<String> visitor) throws Exception;
}
