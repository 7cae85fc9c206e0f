package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Comparator;
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
record EarlierRollbacks(@Nullable String last, @Nullable RunId newest, Map<Long, List<Left>> steps) {

    /**
     * How a step was left.
     *
     * @param at position in the undo log of what left it so
     * @param by the rollback that undid it last
     * @param restoration what came of that
     * @param digest digest of the step's undo record, or {@code null} when nothing names it
     * @param intent whether nobody knew then whether the step had taken effect
     * @param since what was done about that since
     */
    record Left(
            long at,
            RunId by,
            Restoration restoration,
            @Nullable String digest,
            boolean intent,
            Since since) {

        private boolean seemsDoneAgain() {
            return this.since == Since.UNKNOWN && this.restoration == Restoration.ALREADY_RESTORED;
        }

        /** What the undoing of an undoing means for the step; what only looked so may have been so for other reasons. */
        private Since turned() {
            if (this.restoration == Restoration.ALREADY_RESTORED) {
                return Since.UNKNOWN;
            }
            return switch (this.since) {
                case NOTHING -> Since.DONE_AGAIN;
                case DONE_AGAIN -> Since.NOTHING;
                case UNKNOWN -> Since.UNKNOWN;
            };
        }
    }

    /** What was done about a step that had been undone. */
    enum Since {
        /** It is undone. */
        NOTHING,
        /** It was done again. */
        DONE_AGAIN,
        /** It was tried, and nobody knows what came of that: it has to be looked at. */
        UNKNOWN
    }

    /**
     * How the step was left when it was undone before, or {@code null} when something is left to do. What only looked
     * undone, or done again, is not believed where another step explains the look as well.
     *
     * @param others the steps of its connector
     */
    @Nullable
    Left settled(UndoRecord record, List<UndoRecord> others, Precheck connectors) {
        List<Left> newestFirst = this.steps.getOrDefault(record.position(), List.of());
        for (Left left : newestFirst) {
            switch (left.since()) {
                case NOTHING -> {
                    return (isOf(record, left) && !hidden(record, left, others, connectors)) ? left : null;
                }
                case DONE_AGAIN -> {
                    return null;
                }
                case UNKNOWN -> {
                    if (!lifted(record, left, others, connectors)) {
                        return null;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isOf(UndoRecord record, Left left) {
        // what was only intended when it was looked at may have happened after that
        return record.digest().equals(left.digest())
                && (!left.intent() || record.state() == UndoRecord.State.INTENT);
    }

    /**
     * Whether a newer step stood on this one, or was touched again after it: that one's undoing then brings back what
     * this one left.
     */
    private boolean hidden(UndoRecord record, Left left, List<UndoRecord> others, Precheck connectors) {
        return others.stream()
                .anyMatch(other -> other.position() > record.position()
                        && other.position() < left.at()
                        && (!wasUndone(other, left.at() + 1) || wasTouchedAfter(other, left.at()))
                        && !wasUndone(record, other.position())
                        && connectors.dependsOn(other, record));
    }

    private boolean wasTouchedAfter(UndoRecord record, long note) {
        return this.steps.getOrDefault(record.position(), List.of()).stream()
                .anyMatch(left -> left.at() > note && left.restoration() != Restoration.ALREADY_RESTORED && left.restoration() != Restoration.IRREVERSIBLE);
    }

    /** Whether an older step, which this one was built on, was undone: then it can't have been done again. */
    private boolean lifted(UndoRecord record, Left left, List<UndoRecord> others, Precheck connectors) {
        return others.stream()
                .anyMatch(other -> other.position() < record.position()
                        && wasUndone(other, left.at() + 1)
                        && !wasUndone(other, record.position())
                        && connectors.dependsOn(record, other));
    }

    /** Whether a step was undone before something was noted there; steps that are undone together share a note. */
    private boolean wasUndone(UndoRecord record, long note) {
        for (Left left : this.steps.getOrDefault(record.position(), List.of())) {
            // without a note of its own it repeats what another rollback did, nobody knows when
            if (left.at() > 0 && left.at() < note) {
                return left.since() == Since.NOTHING && left.restoration() != Restoration.IRREVERSIBLE;
            }
        }
        return false;
    }

    /** How the step was left last, or {@code null} when it was never undone. */
    @Nullable
    Left last(long position) {
        List<Left> newestFirst = this.steps.getOrDefault(position, List.of());
        return newestFirst.isEmpty() ? null : newestFirst.get(0);
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
        Map<Long, List<Left>> steps = new HashMap<>();
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
                    .filter(note -> note != null && (note.undone() || note.touched()))
                    .forEach(note -> add(steps, note.position(), noted(id, note)));
            if (receipts.containsKey(id)) {
                doneAgain(steps, id, records, of(id, receipts, reader));
            }
        }
        // positions ascend in time; of two that tell of the same attempt the first one stays the first
        steps.values().forEach(lefts -> lefts.sort(Comparator.comparingLong(Left::at).reversed()));
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
            Map<Long, List<Left>> steps, RunId rollback, List<UndoRecord> records, EarlierRollbacks ofRollback) {
        Map<Long, UndoProgress.Note> notes = new HashMap<>();
        for (UndoRecord record : records) {
            UndoProgress.Note note = UndoProgress.read(record);
            if (note != null) {
                notes.put(note.position(), note);
            }
        }
        for (UndoRecord record : records) {
            for (Left reversal : ofRollback.steps.getOrDefault(record.position(), List.of())) {
                // what seemed undone once more is as it was left before that
                if (reversal.restoration() != Restoration.IRREVERSIBLE && !reversal.seemsDoneAgain()) {
                    UndoProgress.undoes(record)
                            .forEach(position ->
                                    add(steps, position, turned(reversal, rollback, notes.get(position))));
                }
            }
        }
    }

    private static Left turned(Left reversal, RunId rollback, UndoProgress.@Nullable Note note) {
        return new Left(
                reversal.at(),
                rollback,
                reversal.restoration(),
                (note != null) ? note.digest() : null,
                note != null && note.intent(),
                reversal.turned());
    }

    private static Left told(RunId rollback, ReversedStep step) {
        return new Left(step.note(), rollback, step.restoration(), step.digest(), step.intent(), Since.NOTHING);
    }

    private static Left noted(RunId rollback, UndoProgress.Note note) {
        Restoration restoration = note.restoration();
        return note.undone() && restoration != null
                ? new Left(note.at(), rollback, restoration, note.digest(), note.intent(), Since.NOTHING)
                : new Left(note.at(), rollback, Restoration.FAILED, note.digest(), note.intent(), Since.UNKNOWN);
    }

    private static void add(Map<Long, List<Left>> steps, Long position, Left left) {
        steps.computeIfAbsent(position, key -> new ArrayList<>(2)).add(left);
    }
}
