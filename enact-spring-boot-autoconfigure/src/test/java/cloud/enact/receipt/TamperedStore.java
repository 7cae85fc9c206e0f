package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store of one log that gives back whatever bytes somebody put into it; place 1 first. */
final class TamperedStore implements ReceiptStore {

    /** Stands for an entry that is not there. */
    static final byte[] DROPPED = new byte[0];

    private final String log;

    private final List<byte[]> entries;

    TamperedStore(String log, List<byte[]> entries) {
        this.log = log;
        this.entries = List.copyOf(entries);
    }

    @Override
    public void append(List<Receipt> batch) {
        throw new ReceiptStoreException("evidence", null);
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return read(log, seq, 1).stream()
                .filter(receipt -> receipt.seq() == seq)
                .findFirst();
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        return read(this.log, 1, MAX_LIMIT).stream()
                .filter(receipt -> receipt.runId().equals(runId))
                .toList();
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        return new ReceiptPage(List.of(), null);
    }

    @Override
    public Optional<Receipt> head(String log) {
        return find(log, this.entries.size());
    }

    @Override
    public List<String> logs() {
        return List.of(this.log);
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        List<Receipt> result = new ArrayList<>();
        if (!log.equals(this.log)) {
            return result;
        }
        for (int i = (int) Math.max(1, fromSeq); i <= this.entries.size() && result.size() < limit; i++) {
            if (this.entries.get(i - 1) != DROPPED) {
                result.add(Receipt.stored(log, i, this.entries.get(i - 1)));
            }
        }
        return result;
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        return List.of();
    }
}
