package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Reads what is known of a run, and believes nothing that was altered. Thread-safe. */
final class RunReader {

    private static final Log logger = LogFactory.getLog(RunReader.class);

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
        List<VerificationProblem> damage = new ArrayList<>();
        RunEntries entries = scan(new RunEntries(runId, Set.of(runId)), runId, damage);
        Set<RunId> family = entries.wholeFamily();
        if (family.size() > 1) {
            // a rollback was itself rolled back, and what became of that is read as thoroughly
            damage.clear();
            entries = scan(new RunEntries(runId, family), runId, damage);
        }
        if (!entries.known()) {
            if (!damage.isEmpty()) {
                throw altered(damage.get(0));
            }
            throw new UnknownRunException(runId);
        }
        Map<UUID, RunAction> actions = actions(entries.ofActions());
        List<UndoRecord> records = records(runId);
        Map<Long, UndoRecord.State> seen = new HashMap<>();
        records.forEach(record -> seen.put(record.position(), record.state()));
        List<StepRestoration> leftovers;
        if (!actions.isEmpty() || entries.own().original() == null) {
            crossCheck(actions, records);
            leftovers = Leftovers.of(actions.values(), records);
        } else {
            RollbackRun rollback = RollbackRun.of(entries.own(), records);
            records = rollback.steps();
            leftovers = rollback.leftovers();
        }
        List<UndoRecord> newestFirst = new ArrayList<>(records);
        Collections.reverse(newestFirst);
        return new RunHistory(
                runId,
                entries.root(),
                actions.values(),
                List.copyOf(newestFirst),
                leftovers,
                seen,
                EarlierRollbacks.of(runId, entries.rollbacks(), this),
                entries.ends(),
                List.copyOf(damage));
    }

    private RunEntries scan(RunEntries entries, RunId runId, List<VerificationProblem> damage) {
        for (String log : this.store.logs()) {
            VerificationProblem problem = verify(entries, log, 1);
            if (problem != null) {
                if (entries.stoodIn(log) || isFoundIn(log, runId)) {
                    throw altered(problem);
                }
                logger.warn("Receipt log " + log + " is damaged, entry " + problem.seq() + ": " + problem.detail());
                damage.add(problem);
            }
        }
        return entries;
    }

    /** The run that a run seems to be a rollback of, however often; nothing is verified. */
    RunId seemingRoot(RunId runId) {
        RunId root = runId;
        Set<RunId> seen = new HashSet<>();
        while (seen.add(root)) {
            List<Receipt> first =
                    this.store.query(ReceiptFilter.ofRun(root), null, 1).receipts();
            RunId original = first.isEmpty() ? null : first.get(0).originalRunId();
            if (original == null) {
                return root;
            }
            root = original;
        }
        return root;
    }

    /**
     * Reads what was appended since a run was read, but for logs that were damaged then.
     *
     * @return actions of the run that were let through since
     * @throws RefusedException when what was appended can't be trusted
     */
    Collection<RunAction> begunSince(RunHistory history) {
        RunEntries entries = new RunEntries(history.runId(), Set.of(history.runId()));
        Set<String> damaged =
                history.damage().stream().map(VerificationProblem::log).collect(Collectors.toSet());
        try {
            for (String log : this.store.logs()) {
                long next = history.ends().getOrDefault(log, 0L) + 1;
                VerificationProblem problem = damaged.contains(log) ? null : verify(entries, log, next);
                if (problem != null) {
                    throw altered(problem);
                }
            }
        } catch (ReceiptStoreException ex) {
            logger.error("The receipts can't be read again after the steps were undone", ex);
            throw new RefusedException("The receipt store can't be read.");
        }
        Map<UUID, RunAction> actions = actions(entries.ofActions());
        history.actions().forEach(action -> actions.remove(action.id()));
        return actions.values();
    }

    private @Nullable VerificationProblem verify(RunEntries entries, String log, long fromSeq) {
        Verification verification = this.verifier.verifyLog(log, fromSeq, entries.ofLog(log));
        return verification.valid() ? null : verification.problems().get(0);
    }

    /** Whether the store finds anything of the run in that log, by whatever it searches: bytes may be lost, not all else. */
    private boolean isFoundIn(String log, RunId runId) {
        return isFoundIn(log, ReceiptFilter.ofRun(runId)) || isFoundIn(log, ReceiptFilter.rollbacksOf(runId));
    }

    private boolean isFoundIn(String log, ReceiptFilter filter) {
        for (Receipt receipt : this.store.all(filter, ReceiptStore.MAX_LIMIT)) {
            if (receipt.log().equals(log)) {
                return true;
            }
        }
        return false;
    }

    private static RefusedException altered(VerificationProblem problem) {
        return new RefusedException("Entry " + problem.seq() + " of receipt log " + problem.log()
                + " can't be trusted: " + problem.detail() + ".");
    }

    /** The steps of a run, in ascending position. */
    List<UndoRecord> records(RunId runId) {
        try {
            return this.undoLog.findByRun(runId);
        } catch (UndoLogException ex) {
            throw new RefusedException("The undo log can't be trusted: " + ex.getMessage() + ".");
        }
    }

    private static Map<UUID, RunAction> actions(List<RunAction.Told> receipts) {
        Map<UUID, RunAction> actions = new LinkedHashMap<>();
        for (RunAction.Told told : receipts) {
            actions.computeIfAbsent(told.id(), id -> new RunAction(id, told.name()))
                    .add(told);
        }
        return actions;
    }

    private static void crossCheck(Map<UUID, RunAction> actions, List<UndoRecord> records) {
        Map<Long, UndoRecord> byPosition = new HashMap<>();
        for (UndoRecord record : records) {
            byPosition.put(record.position(), record);
            RunAction action = actions.get(record.actionId());
            // a capture precedes its decision: one that never came to act is looked at like any other
            if (action == null && record.state() != UndoRecord.State.INTENT) {
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
