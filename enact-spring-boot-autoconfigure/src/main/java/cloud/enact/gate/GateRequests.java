package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes requests of calls: finds out who asks, in which run, and when. Thread-safe. */
final class GateRequests {

    private static final FailureLog failures = new FailureLog(GateRequests.class);

    private final ActionScopes scopes;

    private final ActorChain actors;

    private final IdGenerator ids;

    private final Clock clock;

    private final EnactMode mode;

    private final GateState state;

    GateRequests(
            ActionScopes scopes, ActorChain actors, IdGenerator ids, Clock clock, EnactMode mode, GateState state) {
        this.scopes = scopes;
        this.actors = actors;
        this.ids = ids;
        this.clock = clock;
        this.mode = mode;
        this.state = state;
    }

    /** The same call, which is judged again. */
    ActionRequest again(ActionRequest request) {
        return new ActionRequest(
                request.actionId(),
                request.run(),
                request.parentActionId(),
                request.action(),
                request.args(),
                request.actor(),
                request.resource(),
                request.reversibility(),
                this.clock.instant(),
                request.effect());
    }

    /**
     * Makes the request of a call.
     *
     * @param objections takes what the gate itself objects to
     */
    ActionRequest of(GateCall call, @Nullable ActionScope around, List<Verdict> objections) {
        return new ActionRequest(
                this.ids.next(),
                (call.run() != null) ? call.run() : this.scopes.runOrNew(this.ids),
                (around != null) ? around.request().actionId() : null,
                call.definition().name(),
                call.args(),
                actor(call, around, objections),
                null,
                call.definition().reversibility(),
                this.clock.instant());
    }

    private Actor actor(GateCall call, @Nullable ActionScope around, List<Verdict> objections) {
        try {
            if (call.actor() != null) {
                return call.actor().get();
            }
            return (around != null) ? around.request().actor() : this.actors.resolve(Map.of());
        } catch (RuntimeException | LinkageError ex) {
            failures.error("Who asks for action " + call.definition().name() + " could not be found out", ex);
            if (this.mode == EnactMode.OBSERVE) {
                this.state.failedOpen("Who asks for an action could not be found out");
            }
            objections.add(new Verdict(
                    VerdictNames.ACTOR,
                    Effect.BLOCK,
                    "Nobody could find out who asks, so nothing may run. Ask the operator to look at the log.",
                    null));
            return Actor.anonymous();
        }
    }
}
