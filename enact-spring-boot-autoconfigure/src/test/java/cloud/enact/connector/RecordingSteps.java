package cloud.enact.connector;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Performs steps the way the gate does: capture, begin, apply, end. All of them belong to one run. */
public final class RecordingSteps implements StepExecutor {

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final RunId run = new RunId(this.ids.next());

    private final UndoLog log = UndoLog.inMemory();

    private final BlobStore blobs;

    private final List<Map<String, @Nullable Object>> judged = new CopyOnWriteArrayList<>();

    /** Happens between capture and apply, where an approval would wait. */
    private Runnable meanwhile = () -> {};

    private @Nullable Moment death;

    public RecordingSteps(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public StepResult perform(StepOperation step) {
        try {
            this.judged.add(step.args());
            step.effect();
            Capture capture = step.capture(this.blobs);
            step.effect();
            UndoRecord record = (capture != null)
                    ? this.log.begin(
                            this.run,
                            this.ids.next(),
                            step.undoneBy(),
                            step.operation(),
                            step.undoArgs(),
                            step.reversibility(),
                            capture)
                    : null;
            this.meanwhile.run();
            dieAt(Moment.APPLY);
            try {
                StepResult result = step.apply(capture);
                dieAt(Moment.END);
                if (record != null) {
                    this.log.end(record.position(), UndoRecord.State.DONE, result.fingerprint());
                }
                return result;
            } catch (Exception ex) {
                if (record != null) {
                    this.log.end(record.position(), UndoRecord.State.FAILED, step.left());
                }
                throw ex;
            }
        } catch (RuntimeException ex) {
            throw ex;
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        } finally {
            step.release();
        }
    }

    /** Has the next step die at a moment, as a process dies: what it holds is let go, and nothing more is noted. */
    public void dieBefore(Moment moment) {
        this.death = moment;
    }

    private void dieAt(Moment moment) {
        if (this.death == moment) {
            this.death = null;
            throw new Died();
        }
    }

    public void meanwhile(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    /** Arguments of all steps as policies see them, in order. */
    public List<Map<String, @Nullable Object>> judged() {
        return List.copyOf(this.judged);
    }

    /** The run all steps belong to. */
    public RunId run() {
        return this.run;
    }

    /** Records, newest first. */
    public List<UndoRecord> records() {
        List<UndoRecord> records = new ArrayList<>(this.log.findByRun(this.run));
        Collections.reverse(records);
        return records;
    }

    /** Undoes everything, newest first. */
    public List<StepRestoration> undoAll(StepUndo undo) {
        return records().stream().map(record -> undo.undo(record, false)).toList();
    }

    /** What looking says of everything, newest first. */
    public List<StepProbe.Finding> probe(StepUndo undo) {
        return records().stream().map(record -> undo.probe(record).finding()).toList();
    }

    /** What a precheck of everything says, newest first. */
    public List<Restoration> precheck(StepUndo undo) {
        return undo.precheck(records()).stream()
                .map(StepRestoration::restoration)
                .toList();
    }

    /** When a step dies. */
    public enum Moment {
        /** Announced, and nothing changed. */
        APPLY,
        /** Changed, and its end not noted. */
        END
    }

    /** A process has died. */
    public static final class Died extends Error {

        private static final long serialVersionUID = 1L;
    }
}
