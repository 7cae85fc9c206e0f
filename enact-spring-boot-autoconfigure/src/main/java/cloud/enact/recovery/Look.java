package cloud.enact.recovery;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepProbe.Finding;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says by looking what became of actions: their steps first, then what those come to. Thread-safe. */
final class Look {

    private static final FailureLog failures = new FailureLog(Look.class);

    private final UndoLog undoLog;

    private final Map<String, StepUndo> undos = new LinkedHashMap<>();

    private final Predicate<String> stepsOnly;

    /**
     * Makes one.
     *
     * @param undos know how to look, each for the steps of one connector
     * @param stepsOnly whether an action of that name does nothing but the operation of a connector
     */
    Look(UndoLog undoLog, List<? extends StepUndo> undos, Predicate<String> stepsOnly) {
        this.undoLog = undoLog;
        undos.forEach(undo -> this.undos.put(undo.connector(), undo));
        this.stepsOnly = stepsOnly;
    }

    /** The steps of a run, in ascending position. */
    List<UndoRecord> records(RunId runId) {
        return this.undoLog.findByRun(runId);
    }

    /** Looks at an action. */
    InDoubtAction at(Receipt decision) {
        try {
            return at(decision, records(decision.runId()));
        } catch (UndoLogException ex) {
            return new InDoubtAction(
                    decision, Finding.UNKNOWN, "The undo log can't be trusted: " + ex.getMessage() + ".", List.of());
        }
    }

    /**
     * Looks at an action.
     *
     * @param ofRun the steps of its run, in ascending position
     */
    InDoubtAction at(Receipt decision, List<UndoRecord> ofRun) {
        List<StepProbe> steps = new ArrayList<>();
        boolean told = false;
        for (UndoRecord record : ofRun) {
            if (record.actionId().equals(decision.actionId())) {
                steps.add(probe(record, ofRun));
                told |= record.connector().equals(UndoRecord.METHOD);
            }
        }
        String parent = (decision.fields().get("parent_action_id") instanceof String text) ? text : null;
        return (steps.isEmpty() && parent != null)
                ? asStepOf(parent, decision, ofRun)
                : sum(decision, steps, told || isAllInSteps(decision));
    }

    /** What policies judged as an action of its own while observing may be a step of the action around it. */
    private InDoubtAction asStepOf(String parent, Receipt decision, List<UndoRecord> ofRun) {
        List<StepProbe> steps = new ArrayList<>();
        for (UndoRecord record : ofRun) {
            if (record.actionId().toString().equals(parent)
                    && record.operation().equals(operation(decision))) {
                steps.add(probe(record, ofRun));
            }
        }
        return sum(decision, steps, !steps.isEmpty() || isAllInSteps(decision));
    }

    private static String operation(Receipt decision) {
        return decision.action().substring(decision.action().lastIndexOf('.') + 1);
    }

    /** Whether all it may have changed was captured before. */
    private boolean isAllInSteps(Receipt decision) {
        Object word = decision.fields().get("reversibility");
        return decision.mode() != EnactMode.OBSERVE
                && (Reversibility.REVERSIBLE.name().equals(word) || this.stepsOnly.test(decision.action()));
    }

    private static InDoubtAction sum(Receipt decision, List<StepProbe> steps, boolean all) {
        if (Reversibility.READ_ONLY.name().equals(decision.fields().get("reversibility"))) {
            return new InDoubtAction(
                    decision, Finding.NOT_DONE, "It changes nothing, so nothing is left of it.", steps);
        }
        long done = count(steps, Finding.DONE);
        long unknown = count(steps, Finding.UNKNOWN);
        if (unknown > 0) {
            String which = (unknown == 1) ? "one of its steps" : unknown + " of its steps";
            return new InDoubtAction(decision, Finding.UNKNOWN, "Looking does not tell of " + which + ".", steps);
        }
        if (done > 0) {
            String which = (done == steps.size())
                    ? "All steps it had begun took effect"
                    : done + " of the " + steps.size() + " steps it had begun took effect";
            return new InDoubtAction(
                    decision, Finding.DONE, which + "; whether more were to come nobody knows.", steps);
        }
        String none = steps.isEmpty() ? "It had not begun any step" : "None of its steps took effect";
        return all
                ? new InDoubtAction(
                        decision, Finding.NOT_DONE, none + ", and all it changes is captured in steps.", steps)
                : new InDoubtAction(
                        decision,
                        Finding.UNKNOWN,
                        none + "; what its code does besides, nobody can see. Look where it works.",
                        steps);
    }

    private static long count(List<StepProbe> steps, Finding finding) {
        return steps.stream().filter(step -> step.finding() == finding).count();
    }

    private StepProbe probe(UndoRecord record, List<UndoRecord> ofRun) {
        StepUndo undo = this.undos.get(record.connector());
        if (record.state() == UndoRecord.State.DONE) {
            return StepProbe.noted(record);
        }
        if (record.isErased()) {
            return StepProbe.of(
                    record, Finding.UNKNOWN, "What it captured is erased, because the key of its subject was dropped.");
        }
        if (undo == null) {
            return StepProbe.of(
                    record,
                    Finding.UNKNOWN,
                    "There is no connector '" + record.connector() + "' here that could look.");
        }
        try {
            StepProbe probe = undo.probe(record);
            UndoRecord newer = newer(record, ofRun, undo);
            return (probe.finding() != Finding.UNKNOWN && newer != null)
                    ? StepProbe.of(
                            record,
                            Finding.UNKNOWN,
                            "Step " + newer.position() + " came after it on the same thing and hides what it did.")
                    : probe;
        } catch (Exception | LinkageError | StackOverflowError ex) {
            failures.warn("What became of step " + record.position() + " can't be found out", ex);
            return StepProbe.of(
                    record,
                    Finding.UNKNOWN,
                    "Looking failed with " + ex.getClass().getSimpleName() + "; the log of the application says more.");
        }
    }

    /** A step of the run that changed the same thing later; rows have a mark of their own, which nothing hides. */
    private static @Nullable UndoRecord newer(UndoRecord record, List<UndoRecord> ofRun, StepUndo undo) {
        if (undo instanceof RunUndo) {
            return null;
        }
        for (UndoRecord other : ofRun) {
            if (other.position() > record.position()
                    && other.connector().equals(record.connector())
                    && undo.dependsOn(other, record)) {
                return other;
            }
        }
        return null;
    }

    /**
     * Sees to it that nothing more of an action is committed.
     *
     * @return sentences about what still may be; empty when nothing is known of that
     */
    List<String> cancel(RunId runId, UUID actionId) {
        List<String> open = new ArrayList<>();
        this.undos.forEach((connector, undo) -> {
            try {
                String sentence = undo.cancel(runId, actionId);
                if (sentence != null) {
                    open.add(sentence);
                }
            } catch (Exception | LinkageError | StackOverflowError ex) {
                failures.warn("Action " + actionId + " can't be cancelled in " + connector, ex);
                open.add("Cancelling it in " + connector + " failed.");
            }
        });
        return open;
    }
}
