package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.action.Run;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that stands at the gate.
 *
 * @param definition the action
 * @param args its arguments as policies see them
 * @param removable names of arguments that a decorator may take out before the tool sees them
 * @param objections verdicts the door itself has to add, such as malformed arguments; empty for most calls
 * @param target the object the method belongs to, or {@code null}
 * @param run the run it brings along, or {@code null} to take the one around it
 * @param actor who asks, or {@code null} to find out
 * @param door where it came in
 * @param body what happens when it is let through
 * @param conversation the conversation it belongs to, or {@code null} to take that of the action around it
 * @param wish what its caller wants people to be asked, or {@code null} when policies alone say so
 * @param deferred whether it is never kept waiting for people, whatever the settings say
 */
record GateCall(
        ActionDefinition definition,
        Map<String, @Nullable Object> args,
        Set<String> removable,
        List<Verdict> objections,
        @Nullable Object target,
        @Nullable Run run,
        @Nullable Supplier<Actor> actor,
        Door door,
        Body body,
        @Nullable String conversation,
        @Nullable ApprovalWish wish,
        boolean deferred) {

    /** A call of a conversation that nobody knows, and about which policies alone decide. */
    GateCall(
            ActionDefinition definition,
            Map<String, @Nullable Object> args,
            Set<String> removable,
            List<Verdict> objections,
            @Nullable Object target,
            @Nullable Run run,
            @Nullable Supplier<Actor> actor,
            Door door,
            Body body) {
        this(definition, args, removable, objections, target, run, actor, door, body, null, null, false);
    }

    /** Whether the arguments could not be read, so that no policy can judge them. */
    boolean malformed() {
        return this.objections.stream().anyMatch(verdict -> verdict.policy().equals(VerdictNames.ARGUMENTS));
    }

    /** The same call, asked for by an actor the door has found out. */
    GateCall askedBy(Supplier<Actor> found) {
        return changed(this.args, this.objections, found, this.wish);
    }

    /** The same call with its arguments described anew. */
    GateCall with(Map<String, @Nullable Object> described) {
        return changed(described, this.objections, this.actor, this.wish);
    }

    /** The same call, which its caller wants people to be asked about. */
    GateCall approvedBy(ApprovalWish wanted) {
        List<Verdict> wishes = new ArrayList<>(this.objections);
        wishes.add(Verdict.ask(VerdictNames.APPROVAL, "The application wants a person to approve this call."));
        return changed(this.args, wishes, this.actor, wanted);
    }

    private GateCall changed(
            Map<String, @Nullable Object> args,
            List<Verdict> objections,
            @Nullable Supplier<Actor> actor,
            @Nullable ApprovalWish wish) {
        return new GateCall(
                this.definition,
                args,
                this.removable,
                objections,
                this.target,
                this.run,
                actor,
                this.door,
                this.body,
                this.conversation,
                wish,
                this.deferred);
    }

    /** What happens when a call is let through. */
    @FunctionalInterface
    interface Body {

        @Nullable
        Object invoke() throws Throwable;
    }
}
