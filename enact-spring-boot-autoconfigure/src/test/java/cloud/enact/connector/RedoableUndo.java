package cloud.enact.connector;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Undoes steps the way a rollback does: takes down how to do them again, undoes, notes what came of it. */
public final class RedoableUndo {

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final UndoLog log = UndoLog.inMemory();

    private final StepUndo undo;

    private final BlobStore blobs;

    private final List<StepRestoration> answers = new ArrayList<>();

    public RedoableUndo(StepUndo undo, BlobStore blobs) {
        this.undo = undo;
        this.blobs = blobs;
    }

    /**
     * Undoes.
     *
     * @param newestFirst records of steps, or of undoings
     * @return how each undoing that happened can be taken back, newest first
     */
    public List<UndoRecord> undo(List<UndoRecord> newestFirst) throws Exception {
        RunId run = new RunId(this.ids.next());
        this.answers.clear();
        for (UndoRecord record : newestFirst) {
            StepReversal reversal = this.undo.reversal(record, this.blobs);
            UndoRecord begun = (reversal != null)
                    ? this.log.begin(
                            run,
                            this.ids.next(),
                            record.connector(),
                            reversal.operation(),
                            reversal.args(),
                            reversal.reversibility(),
                            reversal.capture())
                    : null;
            StepRestoration answer = this.undo.undo(record, newestFirst, false);
            this.answers.add(answer);
            if (begun != null) {
                boolean happened = answer.restoration() == Restoration.RESTORED;
                this.log.end(begun.position(), happened ? UndoRecord.State.DONE : UndoRecord.State.FAILED, null);
            }
        }
        List<UndoRecord> records = new ArrayList<>(this.log.findByRun(run));
        records.removeIf(record -> record.state() != UndoRecord.State.DONE);
        Collections.reverse(records);
        return records;
    }

    /** What the last undoing came to. */
    public List<StepRestoration> answers() {
        return List.copyOf(this.answers);
    }
}
