package cloud.enact.policy.builtin.git;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about git. */
public final class GitPolicies {

    private GitPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(DontPushToMain.NAME, DontPushToMain.HARM, List.of("branches"), DontPushToMain::new),
                new BuiltinType(
                        RequireBranchPrefix.NAME,
                        RequireBranchPrefix.HARM,
                        List.of("prefix"),
                        RequireBranchPrefix::new));
    }
}
