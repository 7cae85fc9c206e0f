package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store to which somebody has access behind its back: entries are dropped or rewritten on the way out. */
final class HostileStore implements ReceiptStore {

    private final ReceiptStore real = ReceiptStore.inMemory(100_000);

    private final Set<Long> dropped = new HashSet<>();

    private UnaryOperator<String> edit = UnaryOperator.identity();

    private long edited = -1;

    void drop(Receipt receipt) {
        this.dropped.add(receipt.seq());
    }

    void rewrite(Receipt receipt, UnaryOperator<String> edit) {
        this.edited = receipt.seq();
        this.edit = edit;
    }

    private Optional<Receipt> asItIsNow(Receipt receipt) {
        if (this.dropped.contains(receipt.seq())) {
            return Optional.empty();
        }
        if (receipt.seq() == this.edited) {
            String text = new String(receipt.bytes(), StandardCharsets.UTF_8);
            byte[] bytes = this.edit.apply(text).getBytes(StandardCharsets.UTF_8);
            return Optional.of(Receipt.stored(receipt.log(), receipt.seq(), bytes));
        }
        return Optional.of(receipt);
    }

    private List<Receipt> asTheyAreNow(List<Receipt> receipts) {
        return receipts.stream().flatMap(receipt -> asItIsNow(receipt).stream()).toList();
    }

    @Override
    public void append(List<Receipt> batch) {
        this.real.append(batch);
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return this.real.find(log, seq).flatMap(this::asItIsNow);
    }

    /** An entry that names another run now is no longer found under its own. */
    @Override
    public List<Receipt> findByRun(RunId runId) {
        List<Receipt> found = new ArrayList<>();
        for (String log : this.real.logs()) {
            for (long seq = 1; seq <= this.real.head(log).orElseThrow().seq(); seq++) {
                find(log, seq).filter(receipt -> receipt.runId().equals(runId)).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        ReceiptPage page = this.real.query(filter, after, limit);
        return new ReceiptPage(asTheyAreNow(page.receipts()), page.next());
    }

    @Override
    public Optional<Receipt> head(String log) {
        return this.real.head(log);
    }

    @Override
    public List<String> logs() {
        return this.real.logs();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        List<Receipt> found = new ArrayList<>();
        for (long seq = fromSeq;
                found.size() < limit && this.real.find(log, seq).isPresent();
                seq++) {
            find(log, seq).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        return asTheyAreNow(this.real.findOpen(after, limit));
    }
}
