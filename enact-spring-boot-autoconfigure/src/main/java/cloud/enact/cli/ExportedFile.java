package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.export.ExportLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Receipts in a file: the exact bytes of one entry per line (canonical JSON has no line breaks), log by log. */
final class ExportedFile {

    private ExportedFile() {}

    /**
     * Verifies a file in constant memory.
     *
     * @param runId the run it holds, or {@code null} when it holds whole logs
     * @param heads signed heads that whole logs are compared with
     */
    static Verification verify(Path file, ReceiptKeys keys, @Nullable RunId runId, SignedHeads heads) {
        ExportVerifier verifier = new ExportVerifier(keys, runId == null, heads);
        try (InputStream in = Files.newInputStream(file)) {
            ExportLines lines = new ExportLines(in);
            for (byte[] next = lines.next(); next != null; next = lines.next()) {
                Receipt receipt = verifier.add(next);
                if (runId != null && receipt != null && !receipt.runId().equals(runId)) {
                    throw new CommandException("The file holds other runs, too; verify it without --run");
                }
            }
            return verifier.result();
        } catch (IOException ex) {
            throw new CommandException("The file " + file + " can't be read");
        }
    }
}
