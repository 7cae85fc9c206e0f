package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
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

/** Finds what a run did while it was being rolled back, in this process or in another. */
final class Latecomers {

    private Latecomers() {}

    /**
     * Reads the undo log, and what was appended to the receipt logs, after the last step was undone.
     *
     * @return a line for each step that began, or came to its end, since the run was read, newest first; then one for
     *     each action that began and left nothing in the undo log
     */
    static List<StepRestoration> of(RunHistory history, RunReader runs) {
        List<StepRestoration> lines = new ArrayList<>();
        Set<String> told = new HashSet<>();
        try {
            Map<Long, UndoRecord.State> before = history.seen();
            for (UndoRecord record : runs.records(history.runId())) {
                if (record.state() != before.get(record.position()) && !UndoProgress.isNote(record)) {
                    boolean known = before.containsKey(record.position());
                    lines.add(line(record.position(), record.action(), known ? "It came to its end" : "It began"));
                    told.add(record.actionId().toString());
                }
            }
            Collections.reverse(lines);
        } catch (RefusedException ex) {
            lines.add(unknown("undo log", ex));
        }
        try {
            runs.begunSince(history).stream()
                    .filter(action -> isUntold(action, told))
                    .forEach(action -> lines.add(line(0, action.name(), "It began")));
        } catch (RefusedException ex) {
            lines.add(unknown("receipts", ex));
        }
        return lines;
    }

    private static boolean isUntold(RunAction action, Set<String> told) {
        boolean step = action.parent() != null && told.contains(action.parent());
        return !step && !told.contains(action.id().toString()) && action.reversibility() != Reversibility.READ_ONLY;
    }

    private static StepRestoration line(long position, String action, String what) {
        return new StepRestoration(
                position,
                action,
                Restoration.SKIPPED,
                what + " while the run was being rolled back: ask again when the run has ended.");
    }

    private static StepRestoration unknown(String where, RefusedException ex) {
        return new StepRestoration(
                0,
                where,
                Restoration.FAILED,
                ex.getMessage() + " Nobody knows whether the run went on while it was rolled back.");
    }

    /** Puts the lines before those of a plan, and in the place of those for the same step. */
    static List<StepRestoration> before(List<StepRestoration> planned, List<StepRestoration> late) {
        List<StepRestoration> lines = new ArrayList<>(late);
        Map<Long, StepRestoration> replaced = new HashMap<>();
        late.forEach(line -> replaced.put(line.position(), line));
        for (StepRestoration line : planned) {
            // lines without a step in the undo log have no position
            if (line.position() == 0 || !replaced.containsKey(line.position())) {
                lines.add(line);
            }
        }
        return lines;
    }
}
