package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents on the heap. They go through the same bytes as in a durable store, so that a connector meets the
 * same values here as there; they are not sealed, because nobody reaches them but this process.
 */
final class InMemoryUndoLog implements UndoLog {

    private static final int CAPACITY = 10_000;

    private final UndoDocuments documents = new UndoDocuments(new NoSeal());

    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    private final Set<RunId> claimed = new HashSet<>();

    private long last;

    @Override
    public synchronized UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        if (this.entries.size() >= CAPACITY) {
            throw new UndoLogException(
                    "The undo log in memory is full (" + CAPACITY
                            + " steps), so the step is not done; use the embedded store, which keeps them on disk",
                    null);
        }
        long position = this.last + 1;
        UndoDocuments.Sealed begun = this.documents.begun(
                position, runId, actionId, connector, operation, args, reversibility, capture, null);
        UndoRecord record = this.documents.read(position, runId, begun, null);
        this.last = position;
        this.entries.put(position, new Entry(runId, begun, null));
        return record;
    }

    @Override
    public synchronized void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        Entry entry = this.entries.get(position);
        if (entry == null) {
            throw new UndoLogException("The undo log has no record " + position + " to end", null);
        }
        UndoDocuments.Sealed ended =
                this.documents.ended(position, entry.begun().bytes(), state, fingerprint);
        if (entry.ended() != null) {
            if (Arrays.equals(entry.ended().bytes(), ended.bytes())) {
                return;
            }
            throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
        }
        this.entries.put(position, new Entry(entry.runId(), entry.begun(), ended));
    }

    @Override
    public synchronized List<UndoRecord> findByRun(RunId runId) {
        List<UndoRecord> found = new ArrayList<>();
        this.entries.forEach((position, entry) -> {
            if (entry.runId().equals(runId)) {
                found.add(this.documents.read(position, runId, entry.begun(), entry.ended()));
            }
        });
        return List.copyOf(found);
    }

    @Override
    public synchronized Optional<Claim> claim(RunId runId) {
        if (!this.claimed.add(runId)) {
            return Optional.empty();
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (held.getAndSet(false)) {
                release(runId);
            }
        });
    }

    private synchronized void release(RunId runId) {
        this.claimed.remove(runId);
    }

    private record Entry(RunId runId, UndoDocuments.Sealed begun, UndoDocuments.@Nullable Sealed ended) {}

    private static final class NoSeal implements UndoSeal {

        @Override
        public String seal(byte[] bytes) {
            return "";
        }

        @Override
        public boolean verify(byte[] bytes, String tag) {
            return true;
        }
    }
}
