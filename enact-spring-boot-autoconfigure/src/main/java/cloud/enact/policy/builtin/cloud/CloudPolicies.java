package cloud.enact.policy.builtin.cloud;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about what clouds keep. */
public final class CloudPolicies {

    private CloudPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(new BuiltinType(
                DontDeleteWithoutHumanOk.NAME,
                DontDeleteWithoutHumanOk.HARM,
                List.of(),
                with -> new DontDeleteWithoutHumanOk()));
    }
}
