package cloud.enact.undo;

import cloud.enact.action.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Blobs at {@code blobs/<first two digits>/<sha256>}, encrypted ones under a name of their own. A blob is written beside its place, forced to disk, renamed and
 * its directory forced, so that a name never stands for half a blob.
 */
final class FileBlobStore implements BlobStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final int BUFFER = 64 * 1024;

    private final Path blobs;

    private final Path incoming;

    private final long maxBytes;

    private final boolean posix;

    /** How blobs are written first, then how they may have been written before. */
    private final List<BlobForm> forms;

    FileBlobStore(Path directory, long maxBytes, BlobForm... forms) throws IOException {
        this(maxBytes, directory.toAbsolutePath().normalize(), forms);
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("The largest blob must be at least one byte");
        }
        Path home = directory.toAbsolutePath().normalize();
        Path parent = home.getParent();
        if (parent != null) {
            OwnerOnly.createDirectories(parent);
        }
        privateDirectory(home);
        privateDirectory(this.blobs);
        privateDirectory(this.incoming);
        force(home);
    }

    private FileBlobStore(long maxBytes, Path home, BlobForm... forms) {
        this.posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.maxBytes = maxBytes;
        this.forms = List.of(forms);
        this.blobs = home.resolve("blobs");
        this.incoming = home.resolve("incoming");
    }

    /** What is there, to read; makes nothing. */
    static FileBlobStore existing(Path directory, BlobForm... forms) {
        return new FileBlobStore(DEFAULT_MAX_BYTES, directory.toAbsolutePath().normalize(), forms);
    }

    @Override
    public String put(InputStream content) throws IOException {
        byte[] head = content.readNBytes(BUFFER);
        if (head.length < BUFFER && head.length <= this.maxBytes) {
            String known = known(head);
            if (known != null) {
                return known;
            }
        }
        Path draft = this.incoming.resolve(UUID.randomUUID().toString());
        try {
            String sha256;
            try (FileChannel out = OwnerOnly.newFile(draft)) {
                InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), content);
                sha256 = this.forms.get(0).write(new BoundedInputStream(all, this.maxBytes), out);
                out.force(true);
            }
            Path place = place(this.forms.get(0), sha256);
            Path shard = shard(place);
            if (!Files.isDirectory(shard, LinkOption.NOFOLLOW_LINKS)) {
                privateDirectory(shard);
                force(this.blobs);
            }
            // an equal blob is replaced rather than kept: that heals one which was damaged since
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            force(shard);
            return sha256;
        } catch (IOException | RuntimeException ex) {
            discard(draft, ex);
            throw ex;
        }
    }

    /** Small content that is here already needs no writing; trees are full of it. */
    private @Nullable String known(byte[] content) throws IOException {
        String sha256 = Sha256.hex(content);
        BlobForm form = this.forms.get(0);
        Path place = place(form, sha256);
        try (FileChannel channel = toRead(place)) {
            InputStream known = form.read(Channels.newInputStream(channel), sha256);
            if (!Arrays.equals(content, known.readNBytes(content.length + 1))) {
                return null;
            }
            // whoever wrote it may not have come that far yet
            channel.force(true);
        } catch (IOException ex) {
            // not there, not a file, or damaged: it is written anew
            return null;
        }
        force(shard(place));
        return sha256;
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        for (BlobForm form : this.forms) {
            @Nullable FileChannel file = find(place(form, sha256));
            if (file != null) {
                try {
                    return new VerifyingInputStream(form.read(Channels.newInputStream(file), sha256), sha256);
                } catch (IOException | RuntimeException ex) {
                    file.close();
                    throw ex;
                }
            }
        }
        throw new IOException("There is no blob " + sha256
                + ": it was removed from the blob store, and what it held can't be restored");
    }

    private static @Nullable FileChannel find(Path place) throws IOException {
        try {
            return toRead(place);
        } catch (NoSuchFileException ex) {
            return null;
        }
    }

    private static FileChannel toRead(Path place) throws IOException {
        // a link leads elsewhere, and a pipe would hold its reader up
        if (!Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new FileSystemException(place.toString(), null, "A blob must be a plain file");
        }
        return FileChannel.open(place, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private Path place(BlobForm form, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a blob: expected 64 lower-case hexadecimal digits");
        }
        String name = form.name(sha256);
        return this.blobs.resolve(name.substring(0, 2)).resolve(name);
    }

    private static Path shard(Path place) {
        return Objects.requireNonNull(place.getParent());
    }

    private static void privateDirectory(Path directory) throws IOException {
        try {
            OwnerOnly.createDirectory(directory);
        } catch (FileAlreadyExistsException ex) {
            throw new IOException("The blob store needs a directory of its own where something else is: "
                    + directory.getFileName() + " is not a directory");
        }
    }

    private void force(Path directory) throws IOException {
        if (this.posix) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void discard(Path draft, Exception why) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException ex) {
            why.addSuppressed(ex);
        }
    }
}
