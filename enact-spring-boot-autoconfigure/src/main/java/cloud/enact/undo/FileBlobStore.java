package cloud.enact.undo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
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
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Blobs at {@code blobs/<first two digits>/<sha256>}. A blob is written beside its place, forced to disk, renamed and
 * its directory forced, so that a name never stands for half a blob.
 */
final class FileBlobStore implements BlobStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final int BUFFER = 64 * 1024;

    private final Path blobs;

    private final Path incoming;

    private final long maxBytes;

    private final boolean posix;

    FileBlobStore(Path directory, long maxBytes) throws IOException {
        this(maxBytes, directory.toAbsolutePath().normalize());
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

    private FileBlobStore(long maxBytes, Path home) {
        this.posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.maxBytes = maxBytes;
        this.blobs = home.resolve("blobs");
        this.incoming = home.resolve("incoming");
    }

    /** What is there, to read; makes nothing. */
    static FileBlobStore existing(Path directory) {
        return new FileBlobStore(DEFAULT_MAX_BYTES, directory.toAbsolutePath().normalize());
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
        MessageDigest digest = Sha256.digest();
        Path draft = this.incoming.resolve(UUID.randomUUID().toString());
        try {
            try (FileChannel out = OwnerOnly.newFile(draft)) {
                copy(new SequenceInputStream(new ByteArrayInputStream(head), content), out, digest);
                out.force(true);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path place = place(sha256);
            Path shard = shard(sha256);
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
        String sha256 = HexFormat.of().formatHex(Sha256.of(content));
        Path place = place(sha256);
        try (FileChannel channel = toRead(place)) {
            if (channel.size() != content.length
                    || !Arrays.equals(content, Channels.newInputStream(channel).readNBytes(content.length))) {
                return null;
            }
            // whoever wrote it may not have come that far yet
            channel.force(true);
        } catch (FileSystemException ex) {
            // not there, or not a file: it is written anew
            return null;
        }
        force(shard(sha256));
        return sha256;
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        Path place = place(sha256);
        try {
            return new VerifyingInputStream(Channels.newInputStream(toRead(place)), sha256);
        } catch (NoSuchFileException ex) {
            throw new IOException("There is no blob " + sha256
                    + ": it was removed from the blob store, and what it held can't be restored");
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

    private void copy(InputStream content, FileChannel out, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            total += n;
            if (total > this.maxBytes) {
                throw new IOException("Content is larger than the blob store takes (" + this.maxBytes
                        + " bytes); raise the limit or leave such files out of what agents may change");
            }
            digest.update(buffer, 0, n);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
    }

    private Path place(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a blob: expected 64 lower-case hexadecimal digits");
        }
        return shard(sha256).resolve(sha256);
    }

    private Path shard(String sha256) {
        return this.blobs.resolve(sha256.substring(0, 2));
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
