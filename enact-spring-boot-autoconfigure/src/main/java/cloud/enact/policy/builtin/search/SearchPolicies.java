package cloud.enact.policy.builtin.search;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about searching in files. */
public final class SearchPolicies {

    private SearchPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types(String home) {
        return List.of(
                new BuiltinType(
                        BlockGrepSecretPatterns.NAME,
                        BlockGrepSecretPatterns.HARM,
                        List.of(),
                        with -> new BlockGrepSecretPatterns()),
                new BuiltinType(
                        BlockGlobCredentialsDirs.NAME,
                        BlockGlobCredentialsDirs.HARM,
                        List.of(),
                        with -> new BlockGlobCredentialsDirs(home)));
    }
}
