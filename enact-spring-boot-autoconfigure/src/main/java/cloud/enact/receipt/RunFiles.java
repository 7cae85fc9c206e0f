package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One readable JSON file per run in a folder, for the owner alone, replaced as a whole. A copy for people: the store is
 * what counts.
 */
final class RunFiles {

    private final Path folder;

    private final ReceiptVerifier verifier;

    /**
     * Makes the folder when it is missing.
     *
     * @throws ReceiptStoreException when it can't be made
     */
    RunFiles(Path folder, ReceiptVerifier verifier) {
        this.folder = folder.toAbsolutePath().normalize();
        this.verifier = verifier;
        try {
            OwnerOnly.createDirectories(this.folder);
        } catch (IOException ex) {
            throw new ReceiptStoreException(
                    "The folder " + this.folder + " for readable receipts can't be made; name another in json-dir", ex);
        }
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
            try (FileChannel channel = OwnerOnly.newFile(draft)) {
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
