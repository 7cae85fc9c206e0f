package cloud.enact.connector.filesystem.git;

import java.io.IOException;

/** How many bytes may be read and unpacked for one purpose. For one thread. */
final class Budget {

    private long left;

    Budget(long bytes) {
        this.left = bytes;
    }

    /**
     * Takes some away.
     *
     * @throws IOException when so many are not left
     */
    void spend(long bytes) throws IOException {
        this.left -= bytes;
        if (this.left < 0) {
            throw new IOException("it takes too much reading to get at it");
        }
    }
}
