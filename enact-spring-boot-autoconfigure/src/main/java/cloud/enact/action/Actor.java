package cloud.enact.action;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for an action. Immutable.
 *
 * @param id e-mail address or client id; never blank
 * @param roles roles without any prefix, such as {@code admin}
 * @param attributes further facts about the person, JSON-like values
 * @param agent the agent that acts, or {@code null}
 * @param onBehalfOf the person an agent acts for, or {@code null}
 * @param source how the identity was established: {@code spring-security}, {@code tool-context},
 *     {@code configuration}, {@code caller}, {@code actuator}, {@code console}, {@code operating-system},
 *     {@code hook} or {@code none}
 */
public record Actor(
        String id,
        Set<String> roles,
        Map<String, @Nullable Object> attributes,
        @Nullable String agent,
        @Nullable String onBehalfOf,
        String source) {

    private static final Actor ANONYMOUS = new Actor("anonymous", Set.of(), Map.of(), null, null, "none");

    private static final Actor ENACT = configured("enact", Set.of());

    public Actor {
        if (id.isBlank()) {
            throw new IllegalArgumentException("An actor's id must not be blank");
        }
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
        attributes = Arguments.freeze(attributes);
    }

    /** Nobody said who asks. */
    public static Actor anonymous() {
        return ANONYMOUS;
    }

    /** Nobody asked: Enact itself acts, as it is configured. */
    public static Actor enact() {
        return ENACT;
    }

    /** An actor named by the configuration. */
    public static Actor configured(String id, Set<String> roles) {
        return new Actor(id, roles, Map.of(), null, null, "configuration");
    }

    /** An actor named by the calling code, with source {@code caller}. */
    public static Actor of(String id, String... roles) {
        return new Actor(id, Set.copyOf(List.of(roles)), Map.of(), null, null, "caller");
    }
}
