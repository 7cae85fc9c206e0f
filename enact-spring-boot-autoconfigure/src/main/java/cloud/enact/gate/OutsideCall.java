package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that somebody outside this application wants to carry out.
 *
 * @param action name of the action
 * @param args its arguments
 * @param reversibility whether it can be taken back, or {@code null} when nobody knows
 * @param actor who asks
 * @param run the run it belongs to
 * @param conversation what an approval is bound to beside the call, or {@code null}
 * @param attended whether the agent can ask its own user where this application has nobody to ask
 * @param unreadable why its arguments can't be read, so that no policy can judge it, or {@code null}
 * @param objections what its door has against it; empty for most calls
 * @param changes finds what it is about to change here, or {@code null} when nothing of that is captured
 */
public record OutsideCall(
        String action,
        Map<String, @Nullable Object> args,
        @Nullable Reversibility reversibility,
        Actor actor,
        Run run,
        @Nullable String conversation,
        boolean attended,
        @Nullable String unreadable,
        List<Verdict> objections,
        @Nullable OutsideChanges changes) {

    public OutsideCall {
        args = Arguments.freeze(args);
        objections = List.copyOf(objections);
    }

    /** A call of whose changes nothing is captured. */
    public OutsideCall(
            String action,
            Map<String, @Nullable Object> args,
            @Nullable Reversibility reversibility,
            Actor actor,
            Run run,
            @Nullable String conversation,
            boolean attended,
            @Nullable String unreadable,
            List<Verdict> objections) {
        this(action, args, reversibility, actor, run, conversation, attended, unreadable, objections, null);
    }

    /** The same call, and what its door has against it. */
    public OutsideCall with(List<Verdict> objections) {
        return new OutsideCall(
                this.action,
                this.args,
                this.reversibility,
                this.actor,
                this.run,
                this.conversation,
                this.attended,
                this.unreadable,
                objections,
                this.changes);
    }

    /** The same call, and what it is about to change. */
    public OutsideCall changing(@Nullable OutsideChanges changes) {
        return new OutsideCall(
                this.action,
                this.args,
                this.reversibility,
                this.actor,
                this.run,
                this.conversation,
                this.attended,
                this.unreadable,
                this.objections,
                changes);
    }
}
