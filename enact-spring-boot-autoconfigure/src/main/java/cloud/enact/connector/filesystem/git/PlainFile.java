package cloud.enact.connector.filesystem.git;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ordinary file that is read at any place; what is read counts. */
final class PlainFile implements Closeable {

    private final FileChannel channel;

    private final Budget budget;

    private PlainFile(FileChannel channel, Budget budget) {
        this.channel = channel;
        this.budget = budget;
    }

    /**
     * Opens a file that is looked at first. A pipe that takes its place in between would still hold its reader up.
     *
     * @return {@code null} when there is none
     * @throws IOException when it is anything but an ordinary file, such as a link or a pipe
     */
    static @Nullable PlainFile open(Path file, Budget budget) throws IOException {
        BasicFileAttributes attributes = look(file);
        if (attributes == null) {
            return null;
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("something in the repository is not the file it should be");
        }
        return new PlainFile(
                FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)), budget);
    }

    /**
     * Reads a whole small file.
     *
     * @return {@code null} when there is none
     * @throws IOException when it is no file, or larger
     */
    static byte @Nullable [] read(Path file, int most, Budget budget) throws IOException {
        try (PlainFile opened = open(file, budget)) {
            if (opened == null) {
                return null;
            }
            byte[] content = opened.from(0).readNBytes(most + 1);
            if (content.length > most) {
                throw new IOException("a file of the repository is too large");
            }
            return content;
        }
    }

    /** Whether there is a directory, and no link to one. */
    static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable BasicFileAttributes look(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ex) {
            return null;
        }
    }

    long size() throws IOException {
        return this.channel.size();
    }

    /** Reads some bytes, all of which must be there. */
    ByteBuffer at(long position, int length) throws IOException {
        this.budget.spend(length);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (this.channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("a file of the repository ends too early");
            }
        }
        return bytes.flip();
    }

    /** Reads on from a place; closing that leaves the file open. */
    InputStream from(long position) {
        return new From(position);
    }

    /** Brings to disk what its writer may have left to the system. */
    void force() throws IOException {
        this.channel.force(true);
    }

    @Override
    public void close() throws IOException {
        this.channel.close();
    }

    private final class From extends InputStream {

        private long position;

        private From(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = PlainFile.this.channel.read(ByteBuffer.wrap(buffer, offset, length), this.position);
            if (n > 0) {
                PlainFile.this.budget.spend(n);
                this.position += n;
            }
            return n;
        }
    }
}
