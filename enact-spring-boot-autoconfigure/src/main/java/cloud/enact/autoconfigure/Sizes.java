package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import org.springframework.util.unit.DataSize;

/** Sizes of text in properties. */
final class Sizes {

    private static final int LEAST = 128;

    private Sizes() {}

    /** The size as a number of characters; refuses what no text could have. */
    static int characters(String property, DataSize size) {
        if (size.toBytes() < LEAST || size.toBytes() > Integer.MAX_VALUE) {
            throw new EnactStartupException(
                    property + " is " + size + ", which is no size for text.",
                    "Set it between " + LEAST + "B and 2047MB.");
        }
        return (int) size.toBytes();
    }
}
