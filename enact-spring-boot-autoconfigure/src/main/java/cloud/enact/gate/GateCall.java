package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.action.Run;
import cloud.enact.policy.Verdict;
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
        Body body) {

    /** Whether the arguments could not be read, so that no policy can judge them. */
    boolean malformed() {
        return this.objections.stream().anyMatch(verdict -> verdict.policy().equals(VerdictNames.ARGUMENTS));
    }

    /** The same call, asked for by an actor the door has found out. */
    GateCall askedBy(Supplier<Actor> found) {
        return new GateCall(
                this.definition,
                this.args,
                this.removable,
                this.objections,
                this.target,
                this.run,
                found,
                this.door,
                this.body);
    }

    /** The same call with its arguments described anew. */
    GateCall with(Map<String, @Nullable Object> described) {
        return new GateCall(
                this.definition,
                described,
                this.removable,
                this.objections,
                this.target,
                this.run,
                this.actor,
                this.door,
                this.body);
    }

    /** What happens when a call is let through. */
    @FunctionalInterface
    interface Body {

        @Nullable
        Object invoke() throws Throwable;
    }
}
