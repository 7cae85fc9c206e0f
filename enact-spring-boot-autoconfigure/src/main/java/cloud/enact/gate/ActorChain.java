package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who asks: one resolver after the other, the first that knows wins; nobody is anonymous. */
final class ActorChain {

    private final List<ActorResolver> resolvers;

    ActorChain(List<ActorResolver> resolvers) {
        this.resolvers = List.copyOf(resolvers);
    }

    Actor resolve(Map<String, Object> toolContext) {
        for (ActorResolver resolver : this.resolvers) {
            @Nullable Actor actor = resolver.resolve(toolContext);
            if (actor != null) {
                return actor;
            }
        }
        return Actor.anonymous();
    }
}
