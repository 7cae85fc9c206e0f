package cloud.enact.policy.builtin.access;

import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Set;

/**
 * Lets only actors through who have one of the roles. Roles come from the authenticated actor, never from arguments. It
 * has two names, because an agent that acts for nobody is no user and yet has roles.
 */
final class RequireRole implements InputPolicy {

    static final String ACTOR = "access.require-actor-role";

    static final String USER = "access.require-user-role";

    static final String HARM = "Somebody does what their role does not allow.";

    private final String name;

    private final List<String> roles;

    private final Verdict pass;

    private final Verdict block;

    RequireRole(String name, PolicyParameters with) {
        this.name = name;
        this.roles = with.strings("roles").stream().map(Roles::plain).toList();
        this.pass = Verdict.pass(name, "The actor has the role.");
        this.block = Verdict.block(
                name,
                "The actor has none of the roles this needs (" + String.join(", ", this.roles)
                        + "). Ask somebody who has one.");
    }

    @Override
    public String name() {
        return this.name;
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
