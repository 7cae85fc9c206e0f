package cloud.enact.gate;

import cloud.enact.action.Actor;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Finds out who asks from a subscriber's context, where no thread can tell. */
@FunctionalInterface
interface ReactiveActor {

    /** The actor, or nothing when the context names none. */
    Mono<Actor> resolve(ContextView context);
}
