package cloud.enact.policy.builtin;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Built-in policies as an application gets them. */
final class Catalogue {

    static final String HOME = "/home/agent";

    private Catalogue() {}

    static BuiltinPolicies policies() {
        return new BuiltinPolicies(name -> null, HOME);
    }

    static PolicySet set(String policy, Map<String, ? extends @Nullable Object> with) {
        return set(policies(), policy, with, null);
    }

    static PolicySet set(
            BuiltinPolicies policies,
            String policy,
            Map<String, ? extends @Nullable Object> with,
            @Nullable String on) {
        return new PolicySetFactory(policies.types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO)
                .create(List.of(new PolicySpec(policy, null, with, on, null, null, null, null, "test")));
    }

    static Verdict judge(PolicySet set, ActionRequest request) {
        return set.decide(request).verdicts().get(0);
    }
}
