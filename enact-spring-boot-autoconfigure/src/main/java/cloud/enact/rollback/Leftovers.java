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
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what a run did, or may have done, that the undo log knows nothing of: a person has to look at that. */
final class Leftovers {

    private static final String NOBODY_KNOWS = "Nobody knows whether it took effect: look, and take it back by hand.";

    /** Actions that have a record in the undo log. */
    private final Set<UUID> recorded = new HashSet<>();

    /** Names of the steps of each action, by its id: policies may have judged such a step as an action of its own. */
    private final Map<String, Set<String>> stepNames = new HashMap<>();

    private Leftovers() {}

    /** Returns a line for each, newest first. */
    static List<StepRestoration> of(Iterable<RunAction> actions, Iterable<UndoRecord> records) {
        Leftovers leftovers = new Leftovers();
        for (UndoRecord record : records) {
            leftovers.recorded.add(record.actionId());
            leftovers.step(record.actionId().toString(), record.action());
        }
        for (RunAction action : actions) {
            action.steps().forEach(step -> leftovers.step(action.id().toString(), step.action()));
        }
        List<StepRestoration> lines = new ArrayList<>();
        for (RunAction action : actions) {
            lines.addAll(leftovers.lines(action));
        }
        Collections.reverse(lines);
        return lines;
    }

    private void step(String actionId, String name) {
        this.stepNames.computeIfAbsent(actionId, id -> new HashSet<>()).add(name);
    }

    private List<StepRestoration> lines(RunAction action) {
        if (!action.steps().isEmpty()) {
            return action.steps().stream()
                    .filter(step -> step.position() == null)
                    .map(step -> judge(action, step))
                    .filter(Objects::nonNull)
                    .toList();
        }
        boolean stepOfAnother = action.parent() != null
                && this.stepNames.getOrDefault(action.parent(), Set.of()).contains(action.name());
        if (stepOfAnother || this.recorded.contains(action.id()) || action.reversibility() == Reversibility.READ_ONLY) {
            return List.of();
        }
        String detail = detail(action);
        return (detail != null) ? List.of(line(action.name(), detail)) : List.of();
    }

    private static @Nullable String detail(RunAction action) {
        return switch (action.status()) {
            case "SUCCEEDED" -> done(action.reversibility());
            case "FAILED" ->
                action.transactionMayHaveCommitted()
                        ? "It failed, but its transaction may have been committed: look, and take it back by hand."
                        : null;
            default -> action.transactionRolledBack() ? null : NOBODY_KNOWS;
        };
    }

    private static @Nullable StepRestoration judge(RunAction action, RunAction.TakenStep step) {
        if (step.alreadyDone() || step.reversibility() == Reversibility.READ_ONLY) {
            return null;
        }
        boolean reversible = step.reversibility() == Reversibility.REVERSIBLE;
        if (reversible && !action.observed()) {
            // a connector captures nothing when nothing changes, and without a capture the step would not have run
            return null;
        }
        return line(step.action(), step.success() ? done(step.reversibility()) : NOBODY_KNOWS);
    }

    private static String done(Reversibility reversibility) {
        return switch (reversibility) {
            case COMPENSATABLE -> "It has an inverse, but nothing was captured to call it with: take it back by hand.";
            case REVERSIBLE, READ_ONLY -> "What was there before was not captured: take it back by hand.";
            case IRREVERSIBLE -> "Nothing brings it back: see what it did, and tell those whom it concerns.";
        };
    }

    private static StepRestoration line(String action, String detail) {
        return new StepRestoration(0, action, Restoration.IRREVERSIBLE, detail);
    }
}
