package cloud.enact.policy.builtin;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.PolicyType;
import java.util.List;
import java.util.function.Function;

/**
 * One entry of the catalogue that Enact brings along; its work is bounded for any input.
 *
 * @param name the fixed name
 * @param harm the harm it prevents, in one sentence
 * @param parameters names of its parameters
 * @param maker makes the policy from its parameters
 */
public record BuiltinType(
        String name, String harm, List<String> parameters, Function<PolicyParameters, ActionPolicy> maker)
        implements PolicyType {

    public BuiltinType {
        parameters = List.copyOf(parameters);
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public ActionPolicy create(PolicyParameters with) {
        return this.maker.apply(with);
    }
}
