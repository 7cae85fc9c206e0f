package cloud.enact.bench;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps only the newest receipts, so that a benchmark can run as long as it likes. For one log. */
final class NewestReceipts implements ReceiptStore {

    private final Receipt[] newest = new Receipt[1024];

    private long size;

    @Override
    public synchronized void append(List<Receipt> batch) {
        for (Receipt receipt : batch) {
            if (receipt.seq() != this.size + 1) {
                throw new IllegalStateException("Entry " + receipt.seq() + " follows entry " + this.size);
            }
            this.newest[(int) (this.size++ % this.newest.length)] = receipt;
        }
    }

    @Override
    public synchronized Optional<Receipt> find(String log, long seq) {
        boolean kept = seq >= 1 && seq <= this.size && seq > this.size - this.newest.length;
        return kept ? Optional.of(this.newest[(int) ((seq - 1) % this.newest.length)]) : Optional.empty();
    }

    @Override
    public synchronized List<Receipt> findByRun(RunId runId) {
        List<Receipt> found = new ArrayList<>();
        for (long seq = Math.max(1, this.size - this.newest.length + 1); seq <= this.size; seq++) {
            Receipt receipt = this.newest[(int) ((seq - 1) % this.newest.length)];
            if (receipt.runId().equals(runId)) {
                found.add(receipt);
            }
        }
        return found;
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        return new ReceiptPage(List.of(), null);
    }

    @Override
    public synchronized Optional<Receipt> head(String log) {
        return find(log, this.size);
    }

    @Override
    public synchronized List<String> logs() {
        return find("", this.size).map(Receipt::log).stream().toList();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        List<Receipt> found = new ArrayList<>();
        for (long seq = Math.max(1, fromSeq); seq < fromSeq + limit; seq++) {
            find(log, seq).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        return List.of();
    }
}
