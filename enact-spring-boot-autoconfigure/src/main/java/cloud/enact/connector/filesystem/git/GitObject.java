package cloud.enact.connector.filesystem.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object of a repository that was found.
 *
 * @param type {@code blob}, {@code tree}, {@code commit} or {@code tag}
 * @param size how long its content claims to be, in bytes
 * @param content opens it
 * @param durability brings it to disk
 */
record GitObject(String type, long size, Content content, Durability durability) {

    /** Brings to disk what is not there yet. */
    @FunctionalInterface
    interface Durability {

        void force() throws IOException;
    }

    /** Opens content; its stream may give more or less than was claimed. */
    @FunctionalInterface
    interface Content {

        InputStream open() throws IOException;
    }

    /** Brings the object to disk, as far as it is not there yet. */
    void force() throws IOException {
        this.durability.force();
    }

    /** Opens the content, of which there is as much as was claimed, or reading fails. */
    InputStream open() throws IOException {
        return new Sized(this.content.open(), this.size);
    }

    /**
     * Reads the content.
     *
     * @throws IOException when it is of another type, or longer
     */
    byte[] read(String expected, int most) throws IOException {
        if (!this.type.equals(expected) || this.size > most) {
            throw new IOException("an object of the repository is not what it should be, or too large");
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** A stream that must be as long as was claimed. */
    private static final class Sized extends InputStream {

        private final InputStream in;

        private long left;

        private Sized(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (this.left == 0) {
                if (this.in.read() >= 0) {
                    throw new IOException("an object of the repository is longer than it says");
                }
                return -1;
            }
            int n = this.in.read(buffer, offset, (int) Math.min(length, this.left));
            if (n < 0) {
                throw new EOFException("an object of the repository ends too early");
            }
            this.left -= n;
            return n;
        }

        @Override
        public void close() throws IOException {
            this.in.close();
        }
    }
}
