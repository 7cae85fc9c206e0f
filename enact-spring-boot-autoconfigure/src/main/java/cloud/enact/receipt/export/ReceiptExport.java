package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;

/**
 * Gives receipts to other systems: log by log, each in its order, in constant memory while the application goes on
 * writing. Thread-safe.
 */
public final class ReceiptExport {

    private final ReceiptStore store;

    /**
     * Makes exports.
     *
     * @param store holds the receipts
     */
    public ReceiptExport(ReceiptStore store) {
        this.store = store;
    }

    /**
     * An export that is made as it is read.
     *
     * @param filter which receipts; damaged ones that may have been wanted are among them
     * @param format what each looks like
     */
    public InputStream open(ReceiptFilter filter, ExportFormat format) {
        return new ExportStream(StoredReceipts.of(this.store, filter), format.lines());
    }

    /**
     * Writes an export; the stream stays open.
     *
     * @param filter which receipts; damaged ones that may have been wanted are among them
     * @param format what each looks like
     * @return how many were written
     * @throws IOException when the stream can't be written
     */
    public Written write(ReceiptFilter filter, ExportFormat format, OutputStream out) throws IOException {
        LineFormat lines = format.lines();
        out.write(lines.header());
        long entries = 0;
        long damaged = 0;
        Iterator<Receipt> receipts = StoredReceipts.of(this.store, filter);
        while (receipts.hasNext()) {
            Receipt receipt = receipts.next();
            out.write(lines.line(receipt));
            entries++;
            damaged += (receipt.damage() != null) ? 1 : 0;
        }
        out.flush();
        return new Written(entries, damaged);
    }

    /**
     * What was exported.
     *
     * @param entries how many receipts
     * @param damaged how many of them can't be read
     */
    public record Written(long entries, long damaged) {}
}
