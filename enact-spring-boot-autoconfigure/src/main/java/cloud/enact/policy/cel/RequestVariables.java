package cloud.enact.policy.cel;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of one request, made only when an expression asks for them. */
final class RequestVariables implements CelVariableResolver {

    private final ActionRequest request;

    RequestVariables(ActionRequest request) {
        this.request = request;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "args" -> Optional.of(new CelValues.MapView(this.request.args()));
            case "action" -> Optional.of(action());
            case "actor" -> Optional.of(actor(this.request.actor()));
            case "resource" -> Optional.of(resource(this.request.resource()));
            case "run" ->
                Optional.of(Map.of(
                        "id",
                        this.request.run().id().toString(),
                        "name",
                        orNull(this.request.run().name())));
            case "effect" -> Optional.of(effect(this.request.effect()));
            case "now" -> Optional.of(this.request.timestamp());
            default -> Optional.empty();
        };
    }

    /** What nobody has measured yet changes nothing yet: the policy is asked again when it is known. */
    private static Object effect(@Nullable ActionEffect effect) {
        return new CelValues.MapView(((effect != null) ? effect : ActionEffect.none()).describe());
    }

    private Map<String, Object> action() {
        return Map.of(
                "name", this.request.action(),
                "system", this.request.system(),
                "reversibility", this.request.reversibility().name());
    }

    private static Map<String, Object> actor(Actor actor) {
        return Map.of(
                "id", actor.id(),
                "roles", List.copyOf(actor.roles()),
                "attributes", new CelValues.MapView(actor.attributes()),
                "agent", orNull(actor.agent()),
                "on_behalf_of", orNull(actor.onBehalfOf()),
                "source", actor.source());
    }

    private static Object resource(@Nullable ResourceRef resource) {
        return (resource != null) ? Map.of("type", resource.type(), "id", resource.id()) : NullValue.NULL_VALUE;
    }

    private static Object orNull(@Nullable String text) {
        return (text != null) ? text : NullValue.NULL_VALUE;
    }
}
