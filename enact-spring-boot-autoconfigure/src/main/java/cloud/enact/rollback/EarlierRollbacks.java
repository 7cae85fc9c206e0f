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
 * What earlier rollbacks of a run did, as far as they were not rolled back themselves.
 *
 * @param last newest result that was not a refusal, or {@code null}
 * @param newest the rollback's own run that came to it, or {@code null}
 * @param steps how each step was left by the newest attempt on it, by position
 */
record EarlierRollbacks(@Nullable String last, @Nullable RunId newest, Map<Long, Left> steps) {

    /**
     * How a step was left.
     *
     * @param at position in the undo log of what left it so
     * @param by the rollback that undid it last
     * @param restoration what came of that
     * @param digest digest of the step's undo record, or {@code null} when nothing names it
     * @param intent whether nobody knew then whether the step had taken effect
     * @param done whether it was done again since
     */
    record Left(
            long at,
            RunId by,
            Restoration restoration,
            @Nullable String digest,
            boolean intent,
            boolean done) {

        private boolean undone() {
            return !this.done && this.restoration != Restoration.IRREVERSIBLE;
        }
    }

    /** How the step was left when it was undone before, or {@code null} when something is left to do. */
    @Nullable
    Left settled(UndoRecord record) {
        Left step = this.steps.get(record.position());
        if (step == null || step.done() || !record.digest().equals(step.digest())) {
            return null;
        }
        // what was only intended when it was looked at may have happened after that
        return (step.intent() && record.state() != UndoRecord.State.INTENT) ? null : step;
    }

    /**
     * Adds up what the receipts of earlier rollbacks say, and the notes of each in the undo log, down to rollbacks of
     * rollbacks.
     *
     * @param receipts receipts of rollbacks, verified, newest first, by the run they are rollbacks of
     * @throws RefusedException when the notes were altered
     */
    static EarlierRollbacks of(RunId run, Map<RunId, List<RunEntries.EarlierRollback>> receipts, RunReader reader) {
        Map<RunId, List<RunEntries.EarlierRollback>> begun = new LinkedHashMap<>();
        for (RunEntries.EarlierRollback receipt : receipts.getOrDefault(run, List.of())) {
            begun.computeIfAbsent(receipt.rollback(), id -> new ArrayList<>(2)).add(receipt);
        }
        String last = null;
        RunId newest = null;
        Map<Long, Left> steps = new HashMap<>();
        for (Map.Entry<RunId, List<RunEntries.EarlierRollback>> rollback : begun.entrySet()) {
            RunId id = rollback.getKey();
            List<UndoRecord> records = reader.records(id);
            for (RunEntries.EarlierRollback receipt : rollback.getValue()) {
                if (receipt.ended()) {
                    newest = (last != null) ? newest : id;
                    last = (last != null) ? last : receipt.result();
                    requireReversals(receipt.settled(), records);
                    receipt.settled().forEach(step -> add(steps, step.position(), told(id, step)));
                }
            }
            records.stream()
                    .map(UndoProgress::read)
                    .filter(note -> note != null && note.undone())
                    .forEach(note -> add(steps, note.position(), noted(id, note)));
            if (receipts.containsKey(id)) {
                doneAgain(steps, id, records, of(id, receipts, reader));
            }
        }
        return new EarlierRollbacks(last, newest, steps);
    }

    /** Without these records nobody could tell what was done again since. */
    private static void requireReversals(List<ReversedStep> steps, List<UndoRecord> records) {
        Map<Long, String> digests = new HashMap<>();
        records.forEach(record -> digests.put(record.position(), record.digest()));
        for (ReversedStep step : steps) {
            if (step.redoDigest() != null && !step.redoDigest().equals(digests.get(step.redoPosition()))) {
                throw new RefusedException("Step " + step.redoPosition()
                        + " is not in the undo log as the receipt of an earlier rollback names it.");
            }
        }
    }

    /** A step whose undoing was undone is done again; when that was undone in its turn, the step is undone after all. */
    private static void doneAgain(
            Map<Long, Left> steps, RunId rollback, List<UndoRecord> records, EarlierRollbacks ofRollback) {
        Map<Long, UndoProgress.Note> notes = new HashMap<>();
        for (UndoRecord record : records) {
            UndoProgress.Note note = UndoProgress.read(record);
            if (note != null) {
                notes.put(note.position(), note);
            }
        }
        for (UndoRecord record : records) {
            Left reversal = ofRollback.steps.get(record.position());
            if (reversal == null || reversal.restoration() == Restoration.IRREVERSIBLE) {
                continue;
            }
            for (Long position : UndoProgress.undoes(record)) {
                UndoProgress.Note note = notes.get(position);
                add(
                        steps,
                        position,
                        new Left(
                                reversal.at(),
                                rollback,
                                Restoration.RESTORED,
                                (note != null) ? note.digest() : null,
                                note != null && note.intent(),
                                reversal.undone()));
            }
        }
    }

    private static Left told(RunId rollback, ReversedStep step) {
        return new Left(step.note(), rollback, step.restoration(), step.digest(), step.intent(), false);
    }

    private static Left noted(RunId rollback, UndoProgress.Note note) {
        return new Left(note.at(), rollback, Restoration.RESTORED, note.digest(), note.intent(), false);
    }

    /** Positions ascend in time; of two that tell of the same attempt the first is kept. */
    private static void add(Map<Long, Left> steps, Long position, Left left) {
        steps.merge(position, left, (known, other) -> (other.at() > known.at()) ? other : known);
    }
}
