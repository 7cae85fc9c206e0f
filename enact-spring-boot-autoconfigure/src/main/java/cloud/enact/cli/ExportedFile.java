package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.Verification;
import cloud.enact.undo.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receipts in a file: the exact bytes of one entry per line (canonical JSON has no line breaks), log by log. */
final class ExportedFile {

    private static final int PAGE = 500;

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

    /**
     * Writes a new file that only its owner may read.
     *
     * @return how many entries are damaged
     */
    static long write(ReceiptStore store, @Nullable RunId runId, Path file) {
        try (OutputStream out = Channels.newOutputStream(OwnerOnly.newFile(file))) {
            return write(store, runId, out);
        } catch (FileAlreadyExistsException ex) {
            throw new CommandException("The file " + file + " is there already; name a new one");
        } catch (IOException ex) {
            throw new CommandException("The file " + file + " can't be written");
        }
    }

    /**
     * Writes to a stream, which stays open.
     *
     * @return how many entries are damaged
     */
    static long write(ReceiptStore store, @Nullable RunId runId, OutputStream out) {
        try {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            long damaged = 0;
            if (runId != null) {
                List<Receipt> run = store.findByRun(runId).stream()
                        .sorted(Comparator.comparing(Receipt::log).thenComparingLong(Receipt::seq))
                        .toList();
                damaged = write(run, buffered);
            } else {
                for (String log : store.logs()) {
                    damaged += write(store, log, buffered);
                }
            }
            buffered.flush();
            return damaged;
        } catch (IOException ex) {
            throw new CommandException("The receipts can't be written");
        }
    }

    private static long write(ReceiptStore store, String log, OutputStream out) throws IOException {
        long damaged = 0;
        long next = Long.MIN_VALUE;
        while (true) {
            List<Receipt> page = store.read(log, next, PAGE);
            damaged += write(page, out);
            long last =
                    page.isEmpty() ? Long.MAX_VALUE : page.get(page.size() - 1).seq();
            if (last < next || last == Long.MAX_VALUE) {
                return damaged;
            }
            next = last + 1;
        }
    }

    private static long write(List<Receipt> receipts, OutputStream out) throws IOException {
        long damaged = 0;
        for (Receipt receipt : receipts) {
            byte[] bytes = receipt.bytes();
            if (receipt.damage() != null) {
                damaged++;
                // an entry stays one line, whatever was made of it
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (bytes[i] == '\n') ? (byte) ' ' : bytes[i];
                }
            }
            out.write(bytes);
            out.write('\n');
        }
        return damaged;
    }
}
