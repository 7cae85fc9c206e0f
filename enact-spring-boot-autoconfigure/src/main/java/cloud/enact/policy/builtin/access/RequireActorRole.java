package cloud.enact.policy.builtin.access;

import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Set;

/** Lets only actors through who have one of the roles. Roles come from the authenticated actor, never from arguments. */
final class RequireActorRole implements InputPolicy {

    static final String NAME = "access.require-actor-role";

    static final String HARM = "Somebody does what their role does not allow.";

    private static final String SPRING_PREFIX = "ROLE_";

    private final List<String> roles;

    private final Verdict pass = Verdict.pass(NAME, "The actor has the role.");

    private final Verdict block;

    RequireActorRole(PolicyParameters with) {
        this.roles = with.strings("roles").stream()
                .map(role -> role.startsWith(SPRING_PREFIX) ? role.substring(SPRING_PREFIX.length()) : role)
                .toList();
        this.block = Verdict.block(
                NAME,
                "The actor has none of the roles this needs (" + String.join(", ", this.roles)
                        + "). Ask somebody who has one.");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(PolicyInputs inputs) {
        Set<String> own = inputs.request().actor().roles();
        for (String role : this.roles) {
            if (own.contains(role)) {
                return this.pass;
            }
        }
        return this.block;
    }
}
