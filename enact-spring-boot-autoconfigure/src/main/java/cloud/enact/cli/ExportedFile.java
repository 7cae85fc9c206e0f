package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.Verification;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Receipts in a file: the exact bytes of one entry per line (canonical JSON has no line breaks), log by log. */
final class ExportedFile {

    private static final int MAX_LINE = 64 * 1024 * 1024;

    private ExportedFile() {}

    /**
     * Verifies a file in constant memory.
     *
     * @param runId the run it holds, or {@code null} when it holds whole logs
     */
    static Verification verify(Path file, ReceiptKeys keys, @Nullable RunId runId) {
        ExportVerifier verifier = new ExportVerifier(keys, runId == null);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (byte[] next = readLine(in, line); next != null; next = readLine(in, line)) {
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

    private static byte @Nullable [] readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() == MAX_LINE) {
                throw new CommandException("A line is longer than any receipt; is the file an export of receipts?");
            }
            line.write(next);
            next = in.read();
        }
        return line.toByteArray();
    }
}
