package cloud.enact.rollback;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a run did while it was being rolled back, in this process or in another. */
final class Latecomers {

    private Latecomers() {}

    /**
     * Reads the undo log again, after the last step was undone.
     *
     * @return a line for each step that began, or came to its end, since the run was read, newest first
     */
    static List<StepRestoration> of(RunHistory history, RunReader runs) {
        List<UndoRecord> now;
        try {
            now = runs.records(history.runId());
        } catch (RefusedException ex) {
            return List.of(new StepRestoration(
                    0,
                    "undo log",
                    Restoration.FAILED,
                    ex.getMessage() + " Nobody knows whether the run went on while it was rolled back."));
        }
        Map<Long, UndoRecord.State> before = new HashMap<>();
        history.newestFirst().forEach(record -> before.put(record.position(), record.state()));
        List<StepRestoration> lines = new ArrayList<>();
        for (UndoRecord record : now) {
            if (record.state() != before.get(record.position()) && !UndoProgress.isNote(record)) {
                String what = before.containsKey(record.position()) ? "It came to its end" : "It began";
                lines.add(new StepRestoration(
                        record.position(),
                        record.action(),
                        Restoration.SKIPPED,
                        what + " while the run was being rolled back: ask again when the run has ended."));
            }
        }
        Collections.reverse(lines);
        return lines;
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
