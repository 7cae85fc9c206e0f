package cloud.enact.sample;

import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

/** A signing secret in a file that only its owner can read, made on first use. */
final class SecretFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final int BYTES = 48;

    private static final int MIN_CHARACTERS = 32;

    private static final int MAX_BYTES = 4096;

    private final Path file;

    private SecretFile(Path file) {
        this.file = file;
    }

    /** The secret of a data directory. */
    static SecretFile in(Path directory) {
        return new SecretFile(directory.resolve("secret"));
    }

    /**
     * Reads the secret, after making one when there is none.
     *
     * @throws IllegalStateException when the file can be read by others, or holds no secret
     */
    String read() throws IOException {
        if (!Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
            create();
        }
        if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS) || Files.size(this.file) > MAX_BYTES) {
            throw unusable("it is not a small regular file");
        }
        if (isPosix() && !Files.getPosixFilePermissions(this.file).equals(OWNER_ONLY)) {
            throw unusable("others than its owner may have read it, it is not rw-------");
        }
        String secret = Files.readString(this.file).strip();
        if (secret.length() < MIN_CHARACTERS) {
            throw unusable("it holds no secret of at least " + MIN_CHARACTERS + " characters");
        }
        return secret;
    }

    private IllegalStateException unusable(String why) {
        return new IllegalStateException(
                "The signing secret in " + this.file.toAbsolutePath().normalize()
                        + " can't be used: " + why
                        + ". Move it away to have a new one made; receipts signed with it won't verify then.");
    }

    private boolean isPosix() throws IOException {
        Path existing =
                Files.exists(this.file) ? this.file : this.file.toAbsolutePath().getParent();
        return Files.getFileStore(existing).supportsFileAttributeView("posix");
    }

    /** Written beside and linked into place, so that two first starts agree on one secret and none reads half of it. */
    private void create() throws IOException {
        Path directory = Objects.requireNonNull(this.file.toAbsolutePath().getParent(), "a file is in a directory");
        OwnerOnly.createDirectories(directory);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        byte[] secret = (Base64.getEncoder().encodeToString(random) + "\n").getBytes(StandardCharsets.US_ASCII);
        FileAttribute<?>[] ownerOnly = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path complete = Files.createTempFile(directory, "secret", ".new", ownerOnly);
        try {
            try (FileChannel channel = FileChannel.open(complete, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(secret);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            link(complete);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    private void link(Path complete) throws IOException {
        try {
            Files.createLink(this.file, complete);
        } catch (FileAlreadyExistsException ex) {
            // another start was first: its secret holds
        } catch (UnsupportedOperationException ex) {
            Files.move(complete, this.file);
        }
    }
}
