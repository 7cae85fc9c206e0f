package cloud.enact.workflow;

import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector whose operations become steps of the action at work. Thread-safe. */
final class Hands {

    private final Connector connector;

    private final StepExecutor steps;

    Hands(Connector connector, StepExecutor steps) {
        this.connector = connector;
        this.steps = steps;
    }

    /**
     * Prepares a step; nothing is touched yet.
     *
     * @param args {@code null} stands for an argument that is not given
     * @throws IllegalArgumentException when it is not allowed or its arguments are wrong
     */
    StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(args);
        given.values().removeIf(value -> value == null);
        try {
            return this.connector.prepare(operation, given);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "Step '" + this.connector.name() + "." + operation + "' can't be taken: " + ex.getMessage(), ex);
        }
    }

    StepResult perform(StepOperation step) {
        return this.steps.perform(step);
    }

    StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return perform(prepare(operation, args));
    }

    /** Arguments in pairs of a name and a value; {@code null} for one that is not given. */
    static Map<String, @Nullable Object> args(@Nullable Object... pairs) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            args.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return args;
    }
}
