package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.receipt.VerificationState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads what is known of a run, and believes nothing that was altered. Thread-safe. */
final class RunReader {

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final UndoLog undoLog;

    RunReader(ReceiptStore store, ReceiptVerifier verifier, UndoLog undoLog) {
        this.store = store;
        this.verifier = verifier;
        this.undoLog = undoLog;
    }

    /**
     * Reads a run.
     *
     * @throws UnknownRunException when there are no receipts of it
     * @throws RefusedException when receipts and undo log were altered, or contradict each other
     */
    RunHistory read(RunId runId) {
        List<Receipt> receipts = this.store.findByRun(runId);
        if (receipts.isEmpty()) {
            throw new UnknownRunException(runId);
        }
        verify(receipts);
        Map<UUID, RunAction> actions = actions(receipts);
        List<UndoRecord> records = records(runId);
        if (!actions.isEmpty() || !isRollback(receipts)) {
            crossCheck(actions, records);
        } else {
            // what a rollback noted of its own progress is nothing to undo
            records = List.of();
        }
        List<UndoRecord> newestFirst = new ArrayList<>(records);
        Collections.reverse(newestFirst);
        return new RunHistory(
                runId, actions.values(), List.copyOf(newestFirst), EarlierRollbacks.read(runId, this.store, this));
    }

    /**
     * Checks entries by themselves, and the stretch of the log they stand in: an entry of the run that was made to
     * name another run, or taken out, shows only there.
     */
    void verify(List<Receipt> receipts) {
        Map<String, long[]> stretches = new TreeMap<>();
        for (Receipt receipt : receipts) {
            long[] stretch = stretches.computeIfAbsent(receipt.log(), log -> new long[] {Long.MAX_VALUE, 0});
            stretch[0] = Math.min(stretch[0], receipt.seq());
            stretch[1] = Math.max(stretch[1], receipt.seq());
        }
        stretches.forEach((log, stretch) -> {
            long next = stretch[1] + 1;
            Verification verification = this.verifier.verifyLog(log, stretch[0], next);
            if (!verification.valid()) {
                VerificationProblem problem = verification.problems().get(0);
                throw altered(problem.log(), problem.seq(), problem.detail());
            }
            List<Receipt> following = this.store.read(log, next, 1);
            if (!following.isEmpty() && following.get(0).seq() != next) {
                throw altered(log, next, "it is missing");
            }
        });
        for (Receipt receipt : receipts) {
            // these very bytes are what is acted on, not what the store gives when it is asked again
            if (this.verifier.verify(receipt) != VerificationState.VALID) {
                throw altered(receipt.log(), receipt.seq(), "its signature does not fit: it was altered or forged");
            }
        }
    }

    private static RefusedException altered(String log, long seq, String detail) {
        return new RefusedException("Entry " + seq + " of receipt log " + log + " can't be trusted: " + detail + ".");
    }

    /** The steps of a run, in ascending position. */
    List<UndoRecord> records(RunId runId) {
        try {
            return this.undoLog.findByRun(runId);
        } catch (UndoLogException ex) {
            throw new RefusedException("The undo log can't be trusted: " + ex.getMessage() + ".");
        }
    }

    private static boolean isRollback(List<Receipt> receipts) {
        return receipts.stream().anyMatch(receipt -> receipt.originalRunId() != null);
    }

    private static Map<UUID, RunAction> actions(List<Receipt> receipts) {
        Map<UUID, RunAction> actions = new LinkedHashMap<>();
        for (Receipt receipt : receipts) {
            switch (receipt.kind()) {
                case DECIDED, COMPLETED, RECONCILED ->
                    actions.computeIfAbsent(receipt.actionId(), id -> new RunAction(id, receipt.action()))
                            .add(receipt);
                case APPROVAL_REQUESTED,
                        APPROVAL_ANSWERED,
                        ROLLBACK_STARTED,
                        ROLLED_BACK,
                        GAP,
                        KEY,
                        PRUNED,
                        CONFIG -> {}
            }
        }
        return actions;
    }

    private static void crossCheck(Map<UUID, RunAction> actions, List<UndoRecord> records) {
        Map<Long, UndoRecord> byPosition = new HashMap<>();
        for (UndoRecord record : records) {
            byPosition.put(record.position(), record);
            RunAction action = actions.get(record.actionId());
            boolean ran = action != null && action.ran();
            // a capture precedes its decision: one that never came to act is looked at like any other
            if (!ran && record.state() != UndoRecord.State.INTENT) {
                throw new RefusedException("Step " + record.position() + " of the undo log (" + record.action()
                        + ") was done by an action that no receipt of the run let through.");
            }
        }
        for (RunAction action : actions.values()) {
            for (RunAction.TakenStep step : action.steps()) {
                if (step.position() != null) {
                    UndoRecord record = byPosition.get(step.position());
                    if (record == null) {
                        throw new RefusedException("Step " + step.position() + " (" + step.action()
                                + ") stands in a receipt and is missing from the undo log.");
                    }
                    if (!record.digest().equals(step.digest())
                            || !record.actionId().equals(action.id())) {
                        throw new RefusedException("Step " + step.position() + " (" + step.action()
                                + ") is not in the undo log as its receipt names it.");
                    }
                }
            }
        }
    }
}
