package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * One readable JSON file per run in a folder, for the owner alone, replaced as a whole. A copy for people: the store is
 * what counts.
 */
final class RunFiles {

    private final Path folder;

    private final ReceiptVerifier verifier;

    private final boolean posix;

    /**
     * Makes the folder when it is missing.
     *
     * @throws ReceiptStoreException when it can't be made
     */
    RunFiles(Path folder, ReceiptVerifier verifier) {
        this.folder = folder.toAbsolutePath().normalize();
        this.verifier = verifier;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (!Files.isDirectory(this.folder)) {
                Files.createDirectories(this.folder, rights("rwx------"));
            }
        } catch (IOException ex) {
            throw new ReceiptStoreException(
                    "The folder " + this.folder + " for readable receipts can't be made; name another in json-dir", ex);
        }
    }

    private FileAttribute<?>[] rights(String rights) {
        return this.posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /** Writes the run as it is now. */
    void write(RunId runId) throws IOException {
        Optional<RunView> view = this.verifier.view(runId);
        if (view.isEmpty()) {
            return;
        }
        byte[] json = PrettyJson.bytes(view.get().asMap());
        Path draft = this.folder.resolve("." + runId + ".tmp");
        // what a crash left behind; a new file has the right owner, and never follows a link
        Files.deleteIfExists(draft);
        try {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights("rw-------"))) {
                ByteBuffer buffer = ByteBuffer.wrap(json);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            Files.move(draft, this.folder.resolve(runId + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // there is one only when something failed
            Files.deleteIfExists(draft);
        }
    }
}
