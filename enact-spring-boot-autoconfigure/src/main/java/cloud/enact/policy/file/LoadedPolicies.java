package cloud.enact.policy.file;

import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.PolicySpec;
import java.util.List;

/**
 * What policy files hold.
 *
 * @param specs policies of files in Enact's format, in order
 * @param policies policies of files in other formats, in order
 */
public record LoadedPolicies(List<PolicySpec> specs, List<FilePolicy> policies) {

    public LoadedPolicies {
        specs = List.copyOf(specs);
        policies = List.copyOf(policies);
    }
}
