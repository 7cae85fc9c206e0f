package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.Prunable;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives up undo data that is older than it is kept, but for what an unfinished rollback needs, and records it before
 * anything is removed. Thread-safe.
 */
public final class UndoPruner {

    /** Runs of one receipt. */
    private static final int BATCH = 200;

    /** Old runs that can't go are looked at again the next time. */
    private static final int MOST_KEPT = 10_000;

    private static final Set<String> UNFINISHED =
            Set.of("STARTED", RollbackResult.PARTIAL.name(), RollbackResult.PENDING.name());

    private final ReceiptStore store;

    private final ReceiptLog receipts;

    private final UndoLog undoLog;

    private final IdGenerator ids;

    private final Clock clock;

    /**
     * Creates a pruner.
     *
     * @param store knows of unfinished rollbacks
     * @param receipts records what goes
     * @param undoLog keeps rollbacks and this apart
     * @param ids names what it does
     * @param clock tells what is old
     */
    public UndoPruner(ReceiptStore store, ReceiptLog receipts, UndoLog undoLog, IdGenerator ids, Clock clock) {
        this.store = store;
        this.receipts = receipts;
        this.undoLog = undoLog;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Prunes the undo data of one connector.
     *
     * @param undoData what may go
     * @param retention how long undo data is kept
     * @param actor who wants that
     * @throws cloud.enact.receipt.ReceiptStoreException when it can't be recorded: what was given up by then is not
     *     restored any more, and is removed the next time
     */
    public PruneReport prune(Prunable undoData, Duration retention, Actor actor) {
        Instant before = this.clock.instant().minus(retention);
        Set<RunId> kept = new HashSet<>();
        long runs = 0;
        long rows = 0;
        boolean more;
        do {
            List<Prunable.Expired> expired = undoData.expired(before, kept, BATCH);
            for (Prunable.Expired run : expired) {
                if (!giveUp(undoData, run, before)) {
                    kept.add(run.runId());
                }
            }
            List<RunId> gone = undoData.givenUp(BATCH);
            if (!gone.isEmpty()) {
                record(undoData.connector(), gone, before, retention, actor);
                rows += undoData.remove(gone);
                runs += gone.size();
            }
            more = (!expired.isEmpty() || !gone.isEmpty()) && kept.size() < MOST_KEPT;
        } while (more);
        return new PruneReport(undoData.connector(), before, runs, rows, kept.size());
    }

    private boolean giveUp(Prunable undoData, Prunable.Expired run, Instant before) {
        Optional<UndoLog.Claim> claim = this.undoLog.claim(run.runId());
        if (claim.isEmpty()) {
            return false;
        }
        try {
            boolean needed = !run.restored()
                    && UNFINISHED.contains(
                            RollbackState.of(this.store, run.runId()).state());
            return !needed && undoData.giveUp(run.runId(), before);
        } finally {
            claim.get().close();
        }
    }

    private void record(String connector, List<RunId> runs, Instant before, Duration retention, Actor actor) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("connector", connector);
        payload.put("before", before.toString());
        payload.put("retention", retention.toString());
        payload.put("runs", new ArrayList<>(runs.stream().map(RunId::toString).toList()));
        this.receipts.append(
                ReceiptDraft.pruned(new RunId(this.ids.next()), this.ids.next(), this.clock.instant(), actor, payload));
    }
}
