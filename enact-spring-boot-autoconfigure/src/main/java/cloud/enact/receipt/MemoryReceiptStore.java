package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps receipts in memory, up to a capacity. */
final class MemoryReceiptStore implements ReceiptStore, CheckpointStore {

    private final int capacity;

    private final Map<String, List<Receipt>> logs = new LinkedHashMap<>();

    private final Map<RunId, List<Receipt>> runs = new HashMap<>();

    private final NavigableMap<ReceiptCursor, Receipt> byTime = new TreeMap<>();

    private final NavigableMap<ReceiptCursor, Receipt> open = new TreeMap<>();

    private final Map<UUID, ReceiptCursor> openActions = new HashMap<>();

    private final Map<String, NavigableMap<Long, Saved>> checkpoints = new HashMap<>();

    private int saved;

    MemoryReceiptStore(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity of the in-memory store must be at least 1");
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized void append(List<Receipt> batch) {
        if (batch.size() > this.capacity - this.byTime.size()) {
            throw new ReceiptStoreException(
                    "The in-memory receipt store is full (" + this.capacity
                            + " entries); use the embedded store, or give it a larger capacity",
                    null);
        }
        long next = 0;
        for (Receipt receipt : batch) {
            // the first entry of the batch says where it belongs, the others must follow it
            long expected = (next > 0) ? next : size(receipt.log()) + 1L;
            if (receipt.seq() != expected || !receipt.log().equals(batch.get(0).log())) {
                throw new ReceiptStoreException(
                        "Entry " + receipt.seq() + " does not follow the last entry of log " + receipt.log()
                                + "; another writer may use the same log",
                        null);
            }
            next = expected + 1;
        }
        batch.forEach(this::add);
    }

    private int size(String log) {
        return this.logs.getOrDefault(log, List.of()).size();
    }

    private void add(Receipt receipt) {
        ReceiptCursor key = ReceiptCursor.of(receipt);
        this.logs.computeIfAbsent(receipt.log(), log -> new ArrayList<>()).add(receipt);
        this.runs.computeIfAbsent(receipt.runId(), run -> new ArrayList<>(2)).add(receipt);
        this.byTime.put(key, receipt);
        if (receipt.letsRun()) {
            this.open.put(key, receipt);
            this.openActions.put(receipt.actionId(), key);
        } else if (receipt.kind().settles()) {
            ReceiptCursor settled = this.openActions.remove(receipt.actionId());
            if (settled != null) {
                this.open.remove(settled);
            }
        }
    }

    @Override
    public synchronized Optional<Receipt> find(String log, long seq) {
        List<Receipt> entries = this.logs.getOrDefault(log, List.of());
        return (seq >= 1 && seq <= entries.size()) ? Optional.of(entries.get((int) seq - 1)) : Optional.empty();
    }

    @Override
    public synchronized List<Receipt> findByRun(RunId runId) {
        List<Receipt> entries = this.runs.getOrDefault(runId, List.of());
        if (entries.size() > MAX_RUN
                || entries.stream().mapToLong(Receipt::size).sum() > MAX_RUN_BYTES) {
            throw new RunTooLargeException(runId);
        }
        return List.copyOf(entries);
    }

    @Override
    public synchronized ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        NavigableMap<ReceiptCursor, Receipt> rest = (after != null) ? this.byTime.headMap(after, false) : this.byTime;
        List<Receipt> page = new ArrayList<>();
        for (Receipt receipt : rest.descendingMap().values()) {
            if (filter.matches(receipt)) {
                if (page.size() == limit) {
                    return new ReceiptPage(page, ReceiptCursor.of(page.get(limit - 1)));
                }
                page.add(receipt);
            }
        }
        return new ReceiptPage(page, null);
    }

    @Override
    public synchronized Optional<Receipt> head(String log) {
        return find(log, size(log));
    }

    @Override
    public synchronized List<String> logs() {
        return List.copyOf(this.logs.keySet());
    }

    @Override
    public synchronized List<Receipt> read(String log, long fromSeq, int limit) {
        ReceiptStore.requireLimit(limit);
        List<Receipt> entries = this.logs.getOrDefault(log, List.of());
        int from = (int) Math.min(entries.size(), Math.max(1, fromSeq) - 1);
        return List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
    }

    @Override
    public synchronized List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        NavigableMap<ReceiptCursor, Receipt> rest = (after != null) ? this.open.tailMap(after, false) : this.open;
        return rest.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void save(Checkpoint checkpoint, byte[] range) {
        NavigableMap<Long, Saved> ofLog = this.checkpoints.computeIfAbsent(checkpoint.log(), log -> new TreeMap<>());
        Saved known = ofLog.get(checkpoint.size());
        if (known != null && known.checkpoint().equals(checkpoint)) {
            return;
        }
        if (known != null || this.saved == this.capacity) {
            throw new ReceiptStoreException(
                    (known != null)
                            ? "Receipt log " + checkpoint.log() + " has another checkpoint of size " + checkpoint.size()
                            : "The in-memory receipt store is full (" + this.capacity + " checkpoints)",
                    null);
        }
        ofLog.put(checkpoint.size(), new Saved(checkpoint, range));
        this.saved++;
    }

    @Override
    public synchronized Optional<Saved> newest(String log) {
        return Optional.ofNullable(this.checkpoints.get(log))
                .map(NavigableMap::lastEntry)
                .map(Map.Entry::getValue);
    }

    @Override
    public synchronized List<Checkpoint> checkpoints(String log, long fromSize, int limit) {
        ReceiptStore.requireLimit(limit);
        NavigableMap<Long, Saved> ofLog = this.checkpoints.getOrDefault(log, new TreeMap<>());
        return ofLog.tailMap(fromSize, true).values().stream()
                .limit(limit)
                .map(Saved::checkpoint)
                .toList();
    }
}
