package cloud.enact.gate;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An in-memory store that a test can wait for, and that refuses kinds of receipts when a test says so. */
final class WatchedStore implements ReceiptStore {

    private static final long LONGEST_WAIT_SECONDS = 20;

    private final ReceiptStore delegate = ReceiptStore.inMemory(100_000);

    private final List<Receipt> appended = new ArrayList<>();

    private final Set<ReceiptKind> refused = EnumSet.noneOf(ReceiptKind.class);

    private boolean broken;

    synchronized void refuse(ReceiptKind... kinds) {
        this.refused.addAll(List.of(kinds));
    }

    /** From now on a class of the store is missing. */
    synchronized void breakDown() {
        this.broken = true;
    }

    synchronized void acceptAll() {
        this.refused.clear();
    }

    /** Waits for the first receipt of this kind and action. */
    synchronized Receipt await(ReceiptKind kind, String action) {
        long deadline = System.nanoTime() + LONGEST_WAIT_SECONDS * 1_000_000_000L;
        while (true) {
            Optional<Receipt> found = this.appended.stream()
                    .filter(receipt ->
                            receipt.kind() == kind && receipt.action().equals(action))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("No " + kind + " receipt of " + action + " was written");
            }
            try {
                wait(left);
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    @Override
    public synchronized void append(List<Receipt> batch) {
        if (batch.stream().anyMatch(receipt -> this.refused.contains(receipt.kind()))) {
            throw new ReceiptStoreException("The disk is full", null);
        }
        if (this.broken) {
            throw new NoClassDefFoundError("org/sqlite/core/NativeDB");
        }
        this.delegate.append(batch);
        this.appended.addAll(batch);
        notifyAll();
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return this.delegate.find(log, seq);
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        return this.delegate.findByRun(runId);
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, ReceiptCursor after, int limit) {
        return this.delegate.query(filter, after, limit);
    }

    @Override
    public Optional<Receipt> head(String log) {
        return this.delegate.head(log);
    }

    @Override
    public List<String> logs() {
        return this.delegate.logs();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        return this.delegate.read(log, fromSeq, limit);
    }

    @Override
    public List<Receipt> findOpen(ReceiptCursor after, int limit) {
        return this.delegate.findOpen(after, limit);
    }
}
