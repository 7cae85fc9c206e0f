package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier rollbacks of a run did.
 *
 * @param last newest result that was not a refusal, or {@code null}
 * @param settled steps for which nothing is left to do, by position
 */
record EarlierRollbacks(@Nullable String last, Map<Long, ReversedStep> settled) {

    /** What came of the step when it was undone before, or {@code null} when something is left to do. */
    @Nullable
    ReversedStep settled(UndoRecord record) {
        ReversedStep step = this.settled.get(record.position());
        if (step == null || !step.digest().equals(record.digest())) {
            return null;
        }
        // what was only intended when it was looked at may have happened after that
        return (step.intent() && record.state() != UndoRecord.State.INTENT) ? null : step;
    }

    /**
     * Adds up what the receipts of earlier rollbacks say, newest first, and the notes of each in the undo log.
     *
     * @param newestFirst their receipts, verified
     * @throws RefusedException when the notes were altered
     */
    static EarlierRollbacks of(List<RunEntries.EarlierRollback> newestFirst, RunReader reader) {
        Map<RunId, List<RunEntries.EarlierRollback>> begun = new LinkedHashMap<>();
        for (RunEntries.EarlierRollback receipt : newestFirst) {
            begun.computeIfAbsent(receipt.rollback(), id -> new ArrayList<>(2)).add(receipt);
        }
        String last = null;
        Map<Long, ReversedStep> settled = new HashMap<>();
        for (Map.Entry<RunId, List<RunEntries.EarlierRollback>> rollback : begun.entrySet()) {
            for (RunEntries.EarlierRollback receipt : rollback.getValue()) {
                if (receipt.ended()) {
                    last = (last != null) ? last : receipt.result();
                    receipt.settled().forEach(step -> settled.putIfAbsent(step.position(), step));
                }
            }
            for (UndoRecord record : reader.records(rollback.getKey())) {
                UndoProgress.Undone undone = UndoProgress.read(record);
                if (undone != null) {
                    settled.putIfAbsent(
                            undone.position(),
                            new ReversedStep(
                                    undone.position(), undone.digest(), Restoration.RESTORED, undone.intent()));
                }
            }
        }
        return new EarlierRollbacks(last, settled);
    }
}
