package cloud.enact.connector.filesystem.git;

import java.io.IOException;

/** How many bytes may be read and unpacked, or how much else is held, for one purpose. For one thread. */
final class Budget {

    private long left;

    Budget(long most) {
        this.left = most;
    }

    /**
     * Takes some away.
     *
     * @throws IOException when so many are not left
     */
    void spend(long some) throws IOException {
        this.left -= some;
        if (this.left < 0) {
            throw new IOException("it takes too much reading to get at it");
        }
    }
}
