package cloud.enact.workflow;

import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a workflow tells who called it: the steps it took, and what came of them. For one call. */
final class WorkflowReport {

    private final Hands hands;

    private final List<Map<String, @Nullable Object>> taken = new ArrayList<>();

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    WorkflowReport(Hands hands) {
        this.hands = hands;
    }

    /** Takes a step and notes it. A step that fails ends the workflow. */
    StepResult take(StepOperation step) {
        StepResult result = this.hands.perform(step);
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("action", step.action());
        if (result.alreadyDone() != null) {
            line.put("already_done", result.alreadyDone());
        }
        this.taken.add(line);
        return result;
    }

    StepResult take(String operation, Map<String, @Nullable Object> args) {
        return take(this.hands.prepare(operation, args));
    }

    /** Tells some of what a step has returned, under its own names. */
    WorkflowReport with(StepResult result, String... names) {
        for (String name : names) {
            if (result.output().containsKey(name)) {
                this.values.put(name, result.output().get(name));
            }
        }
        return this;
    }

    WorkflowReport with(String name, @Nullable Object value) {
        this.values.put(name, value);
        return this;
    }

    Map<String, @Nullable Object> tell() {
        Map<String, @Nullable Object> told = new LinkedHashMap<>(this.values);
        told.put("actions_taken", List.copyOf(this.taken));
        return told;
    }
}
