package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Objects;

/** Lines that are made as they are read. Not thread-safe. */
final class ExportStream extends InputStream {

    private final Iterator<Receipt> receipts;

    private final LineFormat format;

    private byte[] line;

    private int position;

    ExportStream(Iterator<Receipt> receipts, LineFormat format) {
        this.receipts = receipts;
        this.format = format;
        this.line = format.header();
    }

    private boolean hasMore() {
        while (this.position == this.line.length) {
            if (!this.receipts.hasNext()) {
                return false;
            }
            this.line = this.format.line(this.receipts.next());
            this.position = 0;
        }
        return true;
    }

    @Override
    public int read() {
        return hasMore() ? this.line[this.position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, this.line.length - this.position);
        System.arraycopy(this.line, this.position, target, offset, count);
        this.position += count;
        return count;
    }

    @Override
    public int available() {
        return this.line.length - this.position;
    }
}
