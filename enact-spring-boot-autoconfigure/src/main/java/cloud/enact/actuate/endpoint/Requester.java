package cloud.enact.actuate.endpoint;

import cloud.enact.action.Actor;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever calls an endpoint, as receipts have it. */
final class Requester {

    private Requester() {}

    static Actor of(@Nullable Principal principal) {
        String name = (principal != null) ? principal.getName() : null;
        return (name != null && !name.isBlank())
                ? new Actor(name, Set.of(), Map.of(), null, null, "actuator")
                : Actor.anonymous();
    }
}
