package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one resolver after the other; the first that knows the actor wins. */
final class ActorChain implements ActorResolver {

    private final List<ActorResolver> resolvers;

    ActorChain(List<ActorResolver> resolvers) {
        this.resolvers = List.copyOf(resolvers);
    }

    @Override
    public @Nullable Actor resolve(Map<String, Object> toolContext) {
        for (ActorResolver resolver : this.resolvers) {
            Actor actor = resolver.resolve(toolContext);
            if (actor != null) {
                return actor;
            }
        }
        return null;
    }
}
