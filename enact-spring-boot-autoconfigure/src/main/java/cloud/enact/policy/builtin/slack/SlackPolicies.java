package cloud.enact.policy.builtin.slack;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about chat messages. */
public final class SlackPolicies {

    private SlackPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(
                        RequireChannelAllowlist.NAME,
                        RequireChannelAllowlist.HARM,
                        List.of("channels"),
                        RequireChannelAllowlist::new),
                new BuiltinType(BlockDms.NAME, BlockDms.HARM, List.of(), with -> new BlockDms()));
    }
}
