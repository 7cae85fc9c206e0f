package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rollback as a run that can be undone itself.
 *
 * @param steps the undoings that changed something, or may have, in ascending position
 * @param leftovers lines for undoings that nothing takes back, newest first
 */
record RollbackRun(List<UndoRecord> steps, List<StepRestoration> leftovers) {

    /**
     * Reads a rollback.
     *
     * @param told what its receipts say
     * @param records what the undo log holds of it, in ascending position
     * @throws RefusedException when they contradict each other
     */
    static RollbackRun of(Told told, List<UndoRecord> records) {
        told.crossCheck(records);
        Map<Long, UndoProgress.Note> notes = new HashMap<>();
        Set<Long> redoable = new HashSet<>();
        for (UndoRecord record : records) {
            UndoProgress.Note note = UndoProgress.read(record);
            if (note != null) {
                notes.put(note.position(), note);
            }
            redoable.addAll(UndoProgress.undoes(record));
        }
        List<UndoRecord> steps = new ArrayList<>();
        List<StepRestoration> leftovers = new ArrayList<>();
        for (UndoRecord record : records) {
            UndoProgress.Note note = UndoProgress.read(record);
            if (!UndoProgress.isNote(record) && mayHaveHappened(record, notes)) {
                steps.add(record);
            } else if (note != null && note.touched() && !redoable.contains(note.position())) {
                leftovers.add(leftover(note));
            }
        }
        Collections.reverse(leftovers);
        return new RollbackRun(List.copyOf(steps), List.copyOf(leftovers));
    }

    private static boolean mayHaveHappened(UndoRecord record, Map<Long, UndoProgress.Note> notes) {
        if (record.state() == UndoRecord.State.DONE) {
            return true;
        }
        List<Long> undoes = UndoProgress.undoes(record);
        return undoes.isEmpty()
                || undoes.stream()
                        .anyMatch(position -> !notes.containsKey(position)
                                || notes.get(position).touched());
    }

    private static StepRestoration leftover(UndoProgress.Note note) {
        String detail = (note.restoration() == Restoration.RESTORED)
                ? "Its undoing can't be taken back: nothing was kept of what it took away. Do it again with a new action."
                : "Nobody knows whether it was undone, and nothing was kept to take that back: look at it.";
        return new StepRestoration(0, note.action(), Restoration.IRREVERSIBLE, detail);
    }

    /** What the receipts of a rollback say of it. Filled receipt by receipt; for one thread. */
    static final class Told {

        private final Map<Long, String> reversals = new HashMap<>();

        private @Nullable RunId original;

        private @Nullable UUID actionId;

        private boolean ended;

        void add(RunId original, Receipt receipt) {
            if (this.original != null && !this.original.equals(original)) {
                throw new RefusedException("Its receipts name different runs that it is a rollback of.");
            }
            this.original = original;
            this.actionId = receipt.actionId();
            if (receipt.kind() == ReceiptKind.ROLLED_BACK) {
                this.ended = true;
                if (receipt.fields().get("actions_reversed") instanceof List<?> reversed) {
                    reversed.forEach(this::reversal);
                }
            }
        }

        private void reversal(@Nullable Object element) {
            ReversedStep step = ReversedStep.read(element);
            if (step != null && step.redoDigest() != null) {
                this.reversals.put(step.redoPosition(), step.redoDigest());
            }
        }

        /** The run it is a rollback of, or {@code null} when it is none. */
        @Nullable
        RunId original() {
            return this.original;
        }

        private void crossCheck(List<UndoRecord> records) {
            Map<Long, String> found = new HashMap<>();
            for (UndoRecord record : records) {
                if (!record.actionId().equals(this.actionId)) {
                    throw new RefusedException("Step " + record.position() + " of the undo log (" + record.action()
                            + ") was done by an action that no receipt of the rollback names.");
                }
                if (!UndoProgress.isNote(record)) {
                    found.put(record.position(), record.digest());
                }
            }
            this.reversals.forEach((position, digest) -> {
                if (!digest.equals(found.remove(position))) {
                    throw new RefusedException(
                            "Step " + position + " is not in the undo log as the receipt of the rollback names it.");
                }
            });
            if (this.ended && !found.isEmpty()) {
                throw new RefusedException("Step " + found.keySet().iterator().next()
                        + " of the undo log is not named by the receipt of the rollback.");
            }
        }
    }
}
