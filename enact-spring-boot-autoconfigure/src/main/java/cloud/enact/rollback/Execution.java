package cloud.enact.rollback;

import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepRestoration;
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

/** Undoes the steps of a plan, newest first, one by one. For one rollback, on one thread. */
final class Execution {

    private static final Log logger = LogFactory.getLog(Execution.class);

    private static final FailureLog failures = new FailureLog(Execution.class);

    private final Precheck connectors;

    private final UndoProgress progress;

    private final UndoChoices choices;

    /** Connectors that could not undo a step, with that step: their older steps stay as they are. */
    private final Map<String, StepRestoration> stopped = new HashMap<>();

    /** What came of steps that were undone together with a newer one. */
    private final Map<Long, StepRestoration> together = new HashMap<>();

    private Map<String, List<UndoRecord>> byConnector = Map.of();

    /** How many of each connector were undone. */
    private final Map<String, Integer> next = new HashMap<>();

    Execution(Precheck connectors, UndoProgress progress, UndoChoices choices) {
        this.connectors = connectors;
        this.progress = progress;
        this.choices = choices;
    }

    /** Undoes, and puts what came of each step into the lines of the plan. */
    void run(Plan plan) {
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
    }

    private StepRestoration undo(UndoRecord record) {
        long note;
        try {
            note = this.progress.begin(record);
        } catch (RuntimeException ex) {
            logger.error("The undo of step " + record.position() + " could not be noted in the undo log", ex);
            return Failures.failed(
                    record, "Not tried because the undo log can't be written; the log says more. Try again.");
        }
        StepRestoration line = perform(record);
        boolean restored = switch (line.restoration()) {
            case RESTORED, ALREADY_RESTORED -> true;
            case CONFLICT, PENDING, IRREVERSIBLE, FAILED, SKIPPED -> false;
        };
        try {
            this.progress.end(note, restored);
        } catch (RuntimeException ex) {
            // the next rollback finds the beginning, and looks
            logger.warn("What came of step " + record.position() + " could not be noted in the undo log", ex);
        }
        return line;
    }

    /** The newest step takes the older ones of its connector along, so that all of them are undone or none. */
    private StepRestoration undoTogether(RunUndo undo, UndoRecord record) {
        if (!this.together.containsKey(record.position())) {
            List<UndoRecord> group = this.byConnector.getOrDefault(record.connector(), List.of());
            undo.undo(group, this.choices).forEach(line -> this.together.put(line.position(), line));
        }
        return Objects.requireNonNull(this.together.get(record.position()));
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
