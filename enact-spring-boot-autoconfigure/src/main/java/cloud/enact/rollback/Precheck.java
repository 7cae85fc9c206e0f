package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoChoices;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Asks every connector what undoing its steps would come to. Thread-safe. */
final class Precheck {

    private static final Log logger = LogFactory.getLog(Precheck.class);

    private static final FailureLog failures = new FailureLog(Precheck.class);

    private final Map<String, StepUndo> undos = new LinkedHashMap<>();

    Precheck(List<? extends StepUndo> undos) {
        for (StepUndo undo : undos) {
            if (this.undos.putIfAbsent(undo.connector(), undo) != null) {
                throw new IllegalArgumentException("Two connectors have the name '" + undo.connector()
                        + "', so nobody can say which of them undoes its steps; rename one");
            }
        }
    }

    /** Takes back the steps of that connector; {@code null} when it is not configured here. */
    @Nullable
    StepUndo undo(String connector) {
        return this.undos.get(connector);
    }

    /** Whether a step was built on an older one of its connector; whoever can't tell is taken to say so. */
    boolean dependsOn(UndoRecord newer, UndoRecord older) {
        StepUndo undo = this.undos.get(newer.connector());
        try {
            return undo == null || undo.dependsOn(newer, older);
        } catch (Exception | LinkageError | StackOverflowError ex) {
            failures.error("Whether step " + newer.position() + " was built on another one can't be told", ex);
            return true;
        }
    }

    /** What may still come to its end of an action that is to be stopped, in a sentence; {@code null} for nothing. */
    @Nullable
    String cancel(RunId runId, UUID actionId) {
        for (StepUndo undo : this.undos.values()) {
            try {
                String late = undo.cancel(runId, actionId);
                if (late != null) {
                    return late;
                }
            } catch (Exception | LinkageError | StackOverflowError ex) {
                failures.error("Action " + actionId + " can't be stopped in " + undo.connector(), ex);
                return Failures.describe("Stopping it in " + undo.connector(), ex);
            }
        }
        return null;
    }

    /** The connectors that call one of the steps' tables or rows by that name. */
    List<String> knowing(List<UndoRecord> records, String row) {
        List<String> knowing = new ArrayList<>();
        this.undos.forEach((connector, undo) -> {
            List<UndoRecord> own = records.stream()
                    .filter(record -> record.connector().equals(connector))
                    .toList();
            if (!own.isEmpty() && undo instanceof RunUndo all && all.knows(own, row)) {
                knowing.add(connector);
            }
        });
        return knowing;
    }

    /**
     * Asks; changes nothing.
     *
     * @param newestFirst the steps that are left to undo, newest first
     * @param choices what was decided about what stands in the way
     * @return an answer for each, by position, newest first
     */
    Map<Long, StepRestoration> ask(List<UndoRecord> newestFirst, UndoChoices choices) {
        Map<String, List<UndoRecord>> byConnector = new LinkedHashMap<>();
        newestFirst.forEach(record -> byConnector
                .computeIfAbsent(record.connector(), name -> new ArrayList<>())
                .add(record));
        Map<Long, StepRestoration> answers = new LinkedHashMap<>();
        // keeps the order over all connectors
        newestFirst.forEach(record -> answers.put(record.position(), untried(record)));
        byConnector.forEach((connector, records) -> stopAtFailure(ask(connector, records, choices), choices)
                .forEach(answer -> answers.put(answer.position(), answer)));
        return answers;
    }

    private List<StepRestoration> ask(String connector, List<UndoRecord> records, UndoChoices choices) {
        if (records.stream().anyMatch(UndoRecord::isErased)) {
            return erased(records);
        }
        StepUndo undo = this.undos.get(connector);
        if (undo == null) {
            return all(
                    records,
                    "There is no connector '" + connector
                            + "' here that could undo it. Roll back where it is configured, or configure it.");
        }
        try {
            List<StepRestoration> answers = (undo instanceof RunUndo all)
                    ? all.precheck(List.copyOf(records), choices)
                    : undo.precheck(List.copyOf(records));
            if (fits(records, answers)) {
                return answers;
            }
            logger.error("The precheck of connector " + connector + " did not answer for the steps it was asked about");
            return all(records, "The precheck of its connector did not answer for it.");
        } catch (Exception | LinkageError | StackOverflowError ex) {
            failures.error("The precheck of connector " + connector + " failed", ex);
            return all(records, Failures.describe("The precheck of its connector", ex));
        }
    }

    private static boolean fits(List<UndoRecord> records, List<StepRestoration> answers) {
        if (answers.size() != records.size()) {
            return false;
        }
        for (int i = 0; i < records.size(); i++) {
            if (answers.get(i).position() != records.get(i).position()) {
                return false;
            }
        }
        return true;
    }

    /** The answers for older steps suppose that the newer ones are undone. */
    private static List<StepRestoration> stopAtFailure(List<StepRestoration> answers, UndoChoices choices) {
        List<StepRestoration> stopped = new ArrayList<>(answers.size());
        @Nullable StepRestoration failure = null;
        for (StepRestoration answer : answers) {
            boolean wouldUndo = answer.restoration() == Restoration.RESTORED
                    || answer.restoration() == Restoration.PENDING
                    || (answer.restoration() == Restoration.CONFLICT && choices.forces(answer.position()));
            stopped.add((failure != null && wouldUndo) ? Failures.notTried(answer, failure) : answer);
            if (failure == null && answer.restoration() == Restoration.FAILED) {
                failure = answer;
            }
        }
        return stopped;
    }

    /** Steps of one connector stand on each other, and nobody can look at those that are erased. */
    private static List<StepRestoration> erased(List<UndoRecord> records) {
        return records.stream()
                .map(record -> Failures.failed(
                        record,
                        record.isErased()
                                ? "What it captured is erased, because the key of its subject was dropped:"
                                        + " take it back by hand."
                                : "Not tried, because what another step of its connector captured is erased:"
                                        + " skip that step to undo this one."))
                .toList();
    }

    private static List<StepRestoration> all(List<UndoRecord> records, String detail) {
        return records.stream().map(record -> Failures.failed(record, detail)).toList();
    }

    private static StepRestoration untried(UndoRecord record) {
        return Failures.failed(record, "It was not looked at.");
    }
}
