package cloud.enact.action;

import java.util.UUID;

/**
 * The id of a run: a version 7 UUID in its canonical 36-character lower-case form.
 *
 * @param value the id; always version 7
 */
public record RunId(UUID value) implements Comparable<RunId> {

    public RunId {
        if (value.version() != 7 || value.variant() != 2) {
            throw new IllegalArgumentException("A run id must be a version 7 UUID");
        }
    }

    /**
     * Reads a run id from hostile text.
     *
     * @param text what a caller sent; never echoed in the exception
     * @throws IllegalArgumentException when the text is not a canonical version 7 UUID
     */
    public static RunId parse(String text) {
        if (text.length() == 36) {
            try {
                UUID uuid = UUID.fromString(text);
                if (uuid.toString().equals(text)) {
                    return new RunId(uuid);
                }
            } catch (IllegalArgumentException ex) {
                // falls through to the one message for every malformed id
            }
        }
        throw new IllegalArgumentException(
                "Not a run id: expected a version 7 UUID such as 01890a5d-ac96-774b-bcce-b302099a8057");
    }

    @Override
    public int compareTo(RunId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return this.value.toString();
    }
}
