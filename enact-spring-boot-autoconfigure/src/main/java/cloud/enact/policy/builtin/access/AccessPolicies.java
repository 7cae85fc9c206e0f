package cloud.enact.policy.builtin.access;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about who asks. */
public final class AccessPolicies {

    private AccessPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(RequireActorRole.NAME, RequireActorRole.HARM, List.of("roles"), RequireActorRole::new));
    }
}
