package cloud.enact.rollback;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoChoices;
import cloud.enact.undo.UndoRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Undoes the steps of a plan, newest first, one by one. For one rollback, on one thread. */
final class Execution {

    private static final Log logger = LogFactory.getLog(Execution.class);

    private static final FailureLog failures = new FailureLog(Execution.class);

    private final Precheck connectors;

    private final UndoProgress progress;

    private final UndoChoices choices;

    private final @Nullable BlobStore blobs;

    /** Connectors that could not undo a step, with that step: their older steps stay as they are. */
    private final Map<String, StepRestoration> stopped = new HashMap<>();

    /** What came of steps that were undone together with a newer one. */
    private final Map<Long, StepRestoration> together = new HashMap<>();

    /** How steps that are undone together could be done again, by their connector. */
    private final Map<String, UndoRecord> reversals = new HashMap<>();

    private final Map<Long, UndoTrace> traces = new HashMap<>();

    private Map<String, List<UndoRecord>> byConnector = Map.of();

    /** How many of each connector were undone. */
    private final Map<String, Integer> next = new HashMap<>();

    /**
     * Creates one.
     *
     * @param blobs where content goes that undoing takes away, or {@code null} when nothing is kept of it
     */
    Execution(Precheck connectors, UndoProgress progress, UndoChoices choices, @Nullable BlobStore blobs) {
        this.connectors = connectors;
        this.progress = progress;
        this.choices = choices;
        this.blobs = blobs;
    }

    /**
     * Undoes, and puts what came of each step into the lines of the plan.
     *
     * @return what that left in the undo log, by the position of the step
     */
    Map<Long, UndoTrace> run(Plan plan) {
        this.byConnector = plan.todo().stream().collect(Collectors.groupingBy(UndoRecord::connector));
        for (UndoRecord record : plan.todo()) {
            StepRestoration newer = this.stopped.get(record.connector());
            StepRestoration line =
                    (newer != null) ? Failures.notTried(Failures.failed(record, ""), newer) : undo(record);
            plan.lines().put(record.position(), line);
            if (logger.isDebugEnabled()) {
                logger.debug("Step " + record.position() + " (" + record.action() + "): " + line.restoration());
            }
            if (line.restoration() == Restoration.FAILED || line.restoration() == Restoration.CONFLICT) {
                this.stopped.putIfAbsent(record.connector(), line);
            }
        }
        return this.traces;
    }

    private StepRestoration undo(UndoRecord record) {
        UndoRecord reversal;
        long note;
        try {
            // before the note: a note without a reversal then means that there is none
            reversal = reversal(record);
            note = this.progress.begin(record);
        } catch (RuntimeException ex) {
            logger.error("The undo of step " + record.position() + " could not be noted in the undo log", ex);
            return Failures.failed(
                    record, "Not tried because the undo log can't be written; the log says more. Try again.");
        }
        StepRestoration line = perform(record);
        UndoRecord told = (reversal != null) ? reversal : this.reversals.get(record.connector());
        this.traces.put(record.position(), new UndoTrace(note, told));
        try {
            this.progress.end(note, line.restoration());
            if (reversal != null) {
                this.progress.end(reversal, line.restoration() == Restoration.RESTORED);
            }
        } catch (RuntimeException ex) {
            // the next rollback finds the beginning, and looks
            logger.warn("What came of step " + record.position() + " could not be noted in the undo log", ex);
        }
        return line;
    }

    /** Writes down how the undoing of a step could be taken back; steps that are undone together do that themselves. */
    private @Nullable UndoRecord reversal(UndoRecord record) {
        StepUndo undo = this.connectors.undo(record.connector());
        if (this.blobs == null || undo == null || undo instanceof RunUndo) {
            return null;
        }
        StepReversal reversal;
        try {
            reversal = undo.reversal(record, this.blobs);
        } catch (Exception | LinkageError | StackOverflowError ex) {
            // bringing the old state back matters more than being able to leave it again
            failures.warn("The undo of step " + record.position() + " can't be taken back later", ex);
            return null;
        }
        return (reversal != null) ? this.progress.begin(reversal, List.of(record)) : null;
    }

    /** The newest step takes the older ones of its connector along, so that all of them are undone or none. */
    private StepRestoration undoTogether(RunUndo undo, UndoRecord record) {
        if (!this.together.containsKey(record.position())) {
            List<UndoRecord> group = this.byConnector.getOrDefault(record.connector(), List.of());
            List<StepRestoration> lines = (this.blobs != null)
                    ? undo.undo(
                            group,
                            this.choices,
                            this.progress.reversals(reversal ->
                                    this.reversals.put(record.connector(), this.progress.begin(reversal, group))))
                    : undo.undo(group, this.choices);
            lines.forEach(line -> this.together.put(line.position(), line));
            end(this.reversals.get(record.connector()), lines);
        }
        return Objects.requireNonNull(this.together.get(record.position()));
    }

    private void end(@Nullable UndoRecord reversal, List<StepRestoration> lines) {
        if (reversal == null) {
            return;
        }
        try {
            this.progress.end(reversal, lines.stream().anyMatch(line -> line.restoration() == Restoration.RESTORED));
        } catch (RuntimeException ex) {
            logger.warn("What came of step " + reversal.position() + " could not be noted in the undo log", ex);
        }
    }

    /** What is left to undo of the record's connector, this one included. */
    private List<UndoRecord> planned(UndoRecord record) {
        List<UndoRecord> ofConnector = this.byConnector.getOrDefault(record.connector(), List.of());
        int next = this.next.merge(record.connector(), 1, Integer::sum) - 1;
        return ofConnector.subList(next, ofConnector.size());
    }

    private StepRestoration perform(UndoRecord record) {
        try {
            StepUndo undo = Objects.requireNonNull(this.connectors.undo(record.connector()));
            StepRestoration line = (undo instanceof RunUndo all)
                    ? undoTogether(all, record)
                    : undo.undo(record, planned(record), this.choices.forces(record.position()));
            return (line.position() == record.position())
                    ? line
                    : Failures.failed(record, "Its connector answered for another step; look at what is there.");
        } catch (Exception | LinkageError | StackOverflowError ex) {
            failures.error("Undoing step " + record.position() + " (" + record.action() + ") failed", ex);
            return Failures.failed(record, Failures.describe("Undoing it", ex));
        }
    }
}
