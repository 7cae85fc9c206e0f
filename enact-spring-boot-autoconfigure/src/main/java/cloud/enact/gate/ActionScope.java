package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.undo.ActionStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A governed action while it runs: what was judged, how far in it was let, and what it did so far. Thread-safe,
 * because a reactive action runs on several threads.
 */
final class ActionScope {

    /** How many steps one action may take; their list is held in memory and stands in its receipt. */
    static final int MAX_STEPS = 10_000;

    private final ActionDefinition definition;

    private final ActionRequest request;

    private final List<ActionStep> steps = new ArrayList<>();

    private Door entered;

    private final int depth;

    private boolean callbackInside;

    private boolean over;

    ActionScope(ActionDefinition definition, ActionRequest request, Door door, @Nullable ActionScope around) {
        this.depth = (around != null) ? around.depth + 1 : 0;
        this.definition = definition;
        this.request = request;
        this.entered = door;
    }

    ActionRequest request() {
        return this.request;
    }

    ActionDefinition definition() {
        return this.definition;
    }

    /** How many governed actions are around this one. */
    int depth() {
        return this.depth;
    }

    /** The action has an outcome: what is done from now on would be missing in its record. */
    synchronized void end() {
        this.over = true;
    }

    synchronized boolean isOver() {
        return this.over;
    }

    /**
     * Whether a call at an inner door is this very action on its way in, judged already. Each door lets it through
     * once: what comes a second time is a new call.
     */
    synchronized boolean admits(ActionDefinition inner, Map<String, @Nullable Object> args, Door door) {
        if (!inner.name().equals(this.definition.name()) || !Objects.equals(inner.method(), this.definition.method())) {
            return false;
        }
        if (door == Door.CALLBACK && this.entered == Door.CALLBACK) {
            // a callback that decorates another one of the same tool, such as one that strips arguments
            if (this.callbackInside || !covers(args)) {
                return false;
            }
            this.callbackInside = true;
            return true;
        }
        if (door.compareTo(this.entered) <= 0 || !covers(args)) {
            return false;
        }
        this.entered = door;
        return true;
    }

    /** Whether the arguments are those that were judged, or fewer. */
    private boolean covers(Map<String, @Nullable Object> args) {
        for (Map.Entry<String, @Nullable Object> arg : args.entrySet()) {
            if (arg.getValue() != null
                    && !Objects.equals(arg.getValue(), this.request.args().get(arg.getKey()))) {
                return false;
            }
        }
        return true;
    }

    synchronized void add(ActionStep step) {
        this.steps.add(step);
    }

    synchronized int stepCount() {
        return this.steps.size();
    }

    synchronized List<ActionStep> steps() {
        return List.copyOf(this.steps);
    }
}
