package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.GovernedAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A governed action while it runs: what was judged, how far in it was let, and what it did so far. Thread-safe,
 * because a reactive action runs on several threads.
 */
final class ActionScope implements GovernedAction {

    /** How many steps one action may take; their list is held in memory and stands in its receipt. */
    static final int MAX_STEPS = 10_000;

    private final ActionDefinition definition;

    private final ActionRequest request;

    private final Set<String> removable;

    private final List<ActionStep> steps = new ArrayList<>();

    private Door entered;

    private final int depth;

    private boolean callbackInside;

    /** What is to be done before the action ends, the newest first. */
    private final Deque<Runnable> beforeEnd = new ArrayDeque<>();

    private boolean over;

    private final @Nullable String conversation;

    private final boolean deferred;

    /** Verdicts of policies that people have answered with a yes for this very action. */
    private volatile Set<Verdict> approved = Set.of();

    private final long begun = System.nanoTime();

    ActionScope(GateCall call, ActionRequest request, @Nullable ActionScope around) {
        this.depth = (around != null) ? around.depth + 1 : 0;
        this.definition = call.definition();
        this.conversation = (call.conversation() != null || around == null) ? call.conversation() : around.conversation;
        this.deferred = call.deferred() || (around != null && around.deferred);
        this.request = request;
        this.removable = call.removable();
        this.entered = call.door();
    }

    ActionRequest request() {
        return this.request;
    }

    @Override
    public RunId runId() {
        return this.request.run().id();
    }

    @Override
    public UUID actionId() {
        return this.request.actionId();
    }

    @Override
    public String name() {
        return this.request.action();
    }

    @Override
    public Reversibility reversibility() {
        return this.request.reversibility();
    }

    @Override
    public synchronized void beforeEnd(Runnable work) {
        this.beforeEnd.push(work);
    }

    /** What is to be done before the action ends, once each. */
    synchronized @Nullable Runnable nextBeforeEnd() {
        return this.beforeEnd.poll();
    }

    /** When it came to the gate, as {@link System#nanoTime()} tells it. */
    long begun() {
        return this.begun;
    }

    /** The conversation it belongs to, or {@code null} when none is known. */
    @Nullable
    String conversation() {
        return this.conversation;
    }

    /** Whether neither it nor an action inside of it is kept waiting for people. */
    boolean isDeferred() {
        return this.deferred;
    }

    /** Notes what people have approved about this action. */
    void approve(List<Verdict> asks) {
        this.approved = Set.copyOf(asks);
    }

    /** Whether people have approved what a policy asks about this action. */
    boolean isApproved(Verdict ask) {
        return this.approved.contains(ask);
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
     * once: what comes a second time is a new call, and so is what comes when the action has an outcome.
     */
    synchronized boolean admits(GateCall call) {
        ActionDefinition inner = call.definition();
        if (this.over
                || call.malformed()
                || !inner.name().equals(this.definition.name())
                || !Objects.equals(inner.method(), this.definition.method())) {
            return false;
        }
        Map<String, @Nullable Object> args = call.args();
        Door door = call.door();
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

    /** How far in the action is. */
    synchronized Threshold threshold() {
        return new Threshold(this.entered, this.callbackInside);
    }

    /**
     * Goes back to the threshold, because the action failed behind it: whoever tries again there, such as advice that
     * retries, tries the same call.
     */
    synchronized void returnTo(Threshold threshold) {
        this.entered = threshold.entered();
        this.callbackInside = threshold.callbackInside();
    }

    /** The doors an action has passed. */
    record Threshold(Door entered, boolean callbackInside) {}

    /** Whether the arguments are those that were judged; without a condition, for one, it is another call. */
    private boolean covers(Map<String, @Nullable Object> args) {
        Map<String, @Nullable Object> judged = this.request.args();
        return args.entrySet().stream()
                        .allMatch(
                                arg -> arg.getValue() == null || arg.getValue().equals(judged.get(arg.getKey())))
                && judged.entrySet().stream()
                        .allMatch(arg -> arg.getValue() == null
                                || args.get(arg.getKey()) != null
                                || this.removable.contains(arg.getKey()));
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
