package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoRecord;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What earlier rollbacks of a run did.
 *
 * @param concluded whether one of them came to its end
 * @param last newest result that was not a refusal, or {@code null}
 * @param settled steps for which nothing is left to do, by position
 */
record EarlierRollbacks(boolean concluded, @Nullable String last, Map<Long, ReversedStep> settled) {

    private static final int PAGE = 200;

    private static final String REFUSED = RollbackResult.REFUSED.name();

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
     * Reads the receipts of earlier rollbacks, newest first, and for each that was begun its notes in the undo log.
     *
     * @throws RefusedException when they were altered
     */
    static EarlierRollbacks read(RunId runId, ReceiptStore store, RunReader reader) {
        Set<RunId> begun = new LinkedHashSet<>();
        @Nullable ReceiptCursor after = null;
        do {
            ReceiptPage page = store.query(ReceiptFilter.rollbacksOf(runId), after, PAGE);
            for (Receipt receipt : page.receipts()) {
                if (receipt.damage() != null) {
                    throw new RefusedException("A receipt of an earlier rollback, entry " + receipt.seq()
                            + " of receipt log " + receipt.log() + ", can't be read.");
                }
                // a refusal touched nothing, and whoever can call often can make many
                if (!REFUSED.equals(receipt.decision())) {
                    begun.add(receipt.runId());
                }
            }
            after = page.next();
        } while (after != null);

        String last = null;
        Map<Long, ReversedStep> settled = new HashMap<>();
        for (RunId rollback : begun) {
            List<Receipt> receipts = store.findByRun(rollback);
            reader.verify(receipts);
            for (Receipt receipt : receipts) {
                if (receipt.kind() == ReceiptKind.ROLLED_BACK
                        && runId.equals(receipt.originalRunId())
                        && !REFUSED.equals(receipt.decision())) {
                    last = (last != null) ? last : receipt.decision();
                    addAll(settled, receipt);
                }
            }
            for (UndoRecord record : reader.records(rollback)) {
                UndoProgress.Undone undone = UndoProgress.read(record);
                if (undone != null) {
                    settled.putIfAbsent(
                            undone.position(),
                            new ReversedStep(
                                    undone.position(), undone.digest(), Restoration.RESTORED, undone.intent()));
                }
            }
        }
        return new EarlierRollbacks(last != null, last, settled);
    }

    private static void addAll(Map<Long, ReversedStep> settled, Receipt receipt) {
        if (receipt.fields().get("actions_reversed") instanceof List<?> reversed) {
            for (Object element : reversed) {
                ReversedStep step = ReversedStep.read(element);
                if (step != null && step.isFinal()) {
                    settled.putIfAbsent(step.position(), step);
                }
            }
        }
    }
}
