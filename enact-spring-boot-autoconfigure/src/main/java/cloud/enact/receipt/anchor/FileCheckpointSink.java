package cloud.enact.receipt.anchor;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Appends each checkpoint to a file, on the disk when it returns: signed notes with an empty line after each. Several
 * processes may share the file. A file it makes is for its owner only; one that exists keeps its rights, so that it may
 * be one that can only be appended to. Thread-safe.
 */
public final class FileCheckpointSink implements CheckpointSink, AnchorSource {

    private static final byte[] BLANK = {'\n', '\n'};

    private final Path file;

    public FileCheckpointSink(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void accept(Checkpoint checkpoint) throws IOException {
        Path folder = this.file.getParent();
        if (folder != null) {
            OwnerOnly.createDirectories(folder);
        }
        OwnerOnly.createFile(this.file);
        requirePlain();
        try (FileChannel channel = FileChannel.open(
                this.file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
            // a crash may have left half a record, which must not swallow this one
            String before = endsWithBlank() ? "" : "\n\n";
            ByteBuffer record = ByteBuffer.wrap((before + checkpoint.note() + "\n").getBytes(StandardCharsets.UTF_8));
            // one write, so that records of two processes don't mix
            channel.write(record);
            if (record.hasRemaining()) {
                throw new IOException("The checkpoint was written in part only; is the disk full?");
            }
            channel.force(true);
        }
    }

    private boolean endsWithBlank() throws IOException {
        if (!Files.isReadable(this.file)) {
            // whoever may only append can't look
            return false;
        }
        try (FileChannel channel =
                FileChannel.open(this.file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer end = ByteBuffer.allocate(BLANK.length);
            long size = channel.size();
            return size == 0
                    || (size >= BLANK.length
                            && channel.read(end, size - BLANK.length) == BLANK.length
                            && Arrays.equals(end.array(), BLANK));
        }
    }

    /** A link leads elsewhere, and a pipe holds its opener up. */
    private void requirePlain() throws IOException {
        if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("The file for checkpoints must be a plain file, not a link or anything else");
        }
    }

    @Override
    public void notes(Consumer<String> visitor) throws IOException {
        if (Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
            requirePlain();
            new AnchorFile(this.file).notes(visitor);
        }
    }
}
