package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Reads a run. Streams every log of the store from its first entry to its last: an entry can be hidden from a
     * search, or cut out, but not without a trace in the chain it stands in.
     *
     * @throws UnknownRunException when there are no receipts of it
     * @throws RefusedException when receipts and undo log were altered, or contradict each other
     */
    RunHistory read(RunId runId) {
        RunEntries entries = new RunEntries(runId);
        for (String log : this.store.logs()) {
            Verification verification = this.verifier.verifyLog(log, entries.ofLog());
            if (!verification.valid()) {
                VerificationProblem problem = verification.problems().get(0);
                throw altered(problem.log(), problem.seq(), problem.detail());
            }
        }
        if (!entries.known()) {
            throw new UnknownRunException(runId);
        }
        Map<UUID, RunAction> actions = actions(entries.ofActions());
        List<UndoRecord> records = records(runId);
        if (!actions.isEmpty() || !entries.rollback()) {
            crossCheck(actions, records);
        } else {
            // what a rollback noted of its own progress is nothing to undo
            records = List.of();
        }
        List<UndoRecord> newestFirst = new ArrayList<>(records);
        Collections.reverse(newestFirst);
        return new RunHistory(
                runId, actions.values(), List.copyOf(newestFirst), EarlierRollbacks.of(entries.rollbacks(), this));
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

    private static Map<UUID, RunAction> actions(List<Receipt> receipts) {
        Map<UUID, RunAction> actions = new LinkedHashMap<>();
        for (Receipt receipt : receipts) {
            actions.computeIfAbsent(receipt.actionId(), id -> new RunAction(id, receipt.action()))
                    .add(receipt);
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
