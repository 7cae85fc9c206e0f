package cloud.enact.receipt.export;

import cloud.enact.receipt.ReceiptFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a file that nobody vouches for, one at a time and of a bounded length. Not thread-safe. */
public final class ExportLines {

    /** No receipt is longer: its parts are cut to size before it is signed. */
    private static final long LONGEST = 64L * 1024 * 1024;

    /** A line is copied a few times while it is read and checked. */
    private static final int COPIES = 8;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;

    private final long longest;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private final byte[] buffer = new byte[BUFFER];

    private int position;

    private int limit;

    /**
     * Reads lines.
     *
     * @param in gives them; stays open
     */
    public ExportLines(InputStream in) {
        this(in, Math.min(LONGEST, Runtime.getRuntime().maxMemory() / COPIES));
    }

    ExportLines(InputStream in, long longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * The next line without its line feed, or {@code null} at the end.
     *
     * @throws ReceiptFormatException when a line is longer than any receipt, or than the memory allows
     */
    public byte @Nullable [] next() throws IOException {
        this.line.reset();
        boolean any = false;
        while (this.position < this.limit || fill()) {
            any = true;
            int end = this.position;
            while (end < this.limit && this.buffer[end] != '\n') {
                end++;
            }
            if (this.line.size() + (end - this.position) > this.longest) {
                throw new ReceiptFormatException(
                        "A line is longer than " + this.longest + " bytes; if the file is an export of receipts, give"
                                + " this JVM more memory with -Xmx",
                        null);
            }
            this.line.write(this.buffer, this.position, end - this.position);
            this.position = end + 1;
            if (end < this.limit) {
                return this.line.toByteArray();
            }
        }
        return any ? this.line.toByteArray() : null;
    }

    private boolean fill() throws IOException {
        this.position = 0;
        this.limit = Math.max(0, this.in.read(this.buffer, 0, BUFFER));
        return this.limit > 0;
    }
}
