package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoChoices;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback will do: a line for each step, and which of them are to be undone.
 *
 * @param lines a line for each step in the undo log, by position, newest first
 * @param todo the steps that are to be undone, newest first
 * @param changing the steps whose undoing would change something, conflict or not, newest first
 * @param leftOut the steps that are left as they are on request, newest first
 * @param leftovers lines for what the undo log knows nothing of
 * @param conflict whether somebody's later work stands in the way
 * @param remaining whether any step was left to look at
 */
record Plan(
        Map<Long, StepRestoration> lines,
        List<UndoRecord> todo,
        List<UndoRecord> changing,
        List<UndoRecord> leftOut,
        List<StepRestoration> leftovers,
        boolean conflict,
        boolean remaining) {

    /** Makes the plan; changes nothing. */
    static Plan of(RunHistory history, RollbackRequest request, Precheck precheck) {
        UndoChoices choices = request.choices();
        Map<Long, @Nullable StepRestoration> known = new LinkedHashMap<>();
        List<UndoRecord> open = new ArrayList<>();
        List<UndoRecord> leftOut = new ArrayList<>();
        Map<String, List<UndoRecord>> byConnector =
                history.newestFirst().stream().collect(Collectors.groupingBy(UndoRecord::connector));
        for (UndoRecord record : history.newestFirst()) {
            List<UndoRecord> ofConnector = byConnector.getOrDefault(record.connector(), List.of());
            StepRestoration line = settled(record, history.earlier().settled(record, ofConnector, precheck));
            if (line == null && request.leavesOut(record.position())) {
                line = StepRestoration.of(record, Restoration.SKIPPED, "Left out on request.");
                leftOut.add(record);
            }
            known.put(record.position(), line);
            if (line == null) {
                open.add(record);
            }
        }
        Map<Long, StepRestoration> answers = precheck.ask(open, choices);
        if (!history.damage().isEmpty()) {
            open.forEach(record -> answers.computeIfPresent(
                    record.position(), (position, answer) -> doubted(record, answer, choices)));
        }
        Map<Long, StepRestoration> lines = new LinkedHashMap<>();
        known.forEach((position, line) ->
                lines.put(position, (line != null) ? line : Objects.requireNonNull(answers.get(position))));
        List<UndoRecord> todo = open.stream()
                .filter(record -> isToDo(Objects.requireNonNull(answers.get(record.position())), choices))
                .toList();
        boolean conflict = answers.values().stream()
                .anyMatch(answer -> answer.restoration() == Restoration.CONFLICT && !choices.forces(answer.position()));
        List<UndoRecord> changing = open.stream()
                .filter(record -> wouldChange(Objects.requireNonNull(answers.get(record.position()))))
                .toList();
        return new Plan(lines, todo, changing, List.copyOf(leftOut), history.leftovers(), conflict, !open.isEmpty());
    }

    private static @Nullable StepRestoration settled(UndoRecord record, EarlierRollbacks.@Nullable Left settled) {
        if (settled == null) {
            return null;
        }
        return (settled.restoration() == Restoration.IRREVERSIBLE)
                ? StepRestoration.of(
                        record, Restoration.IRREVERSIBLE, "Nothing brings it back, as an earlier rollback found.")
                : StepRestoration.of(
                                record, Restoration.ALREADY_RESTORED, "An earlier rollback of this run restored it.")
                        .unverified();
    }

    /** Looking does not tell whether such a step was taken back before, and a damaged log may have told. */
    private static StepRestoration doubted(UndoRecord record, StepRestoration answer, UndoChoices choices) {
        boolean blind = record.reversibility() == Reversibility.COMPENSATABLE
                && answer.restoration() == Restoration.RESTORED
                && !choices.forces(record.position());
        return blind
                ? StepRestoration.of(
                        record,
                        Restoration.CONFLICT,
                        "A receipt log is damaged that may have told that it was taken back before."
                                + " Look, then skip or force this step.")
                : answer;
    }

    private static boolean isToDo(StepRestoration answer, UndoChoices choices) {
        return switch (answer.restoration()) {
            case RESTORED, ALREADY_RESTORED, PENDING -> true;
            case CONFLICT -> choices.forces(answer.position());
            case IRREVERSIBLE, FAILED, SKIPPED -> false;
        };
    }

    private static boolean wouldChange(StepRestoration answer) {
        return switch (answer.restoration()) {
            case RESTORED, PENDING, CONFLICT -> true;
            case ALREADY_RESTORED, IRREVERSIBLE, FAILED, SKIPPED -> false;
        };
    }

    /** All lines, as they are now. */
    List<StepRestoration> all() {
        List<StepRestoration> all = new ArrayList<>(this.lines.values());
        all.addAll(this.leftovers);
        return all;
    }

    /** All lines of a rollback that was refused: what would have been restored was not. */
    List<StepRestoration> untouched() {
        return all().stream()
                .map(line -> switch (line.restoration()) {
                    case RESTORED, PENDING ->
                        new StepRestoration(
                                line.position(),
                                line.action(),
                                Restoration.SKIPPED,
                                "Not touched, because the rollback was refused.");
                    case ALREADY_RESTORED, CONFLICT, IRREVERSIBLE, FAILED, SKIPPED -> line;
                })
                .toList();
    }
}
