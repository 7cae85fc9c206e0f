package cloud.enact.policy.catalogue;

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
public final class Catalogue {

    public static final String HOME = "/home/agent";

    private Catalogue() {}

    public static BuiltinPolicies policies() {
        return new BuiltinPolicies(name -> null, HOME, () -> false, () -> email -> false);
    }

    public static PolicySet set(String policy, Map<String, ? extends @Nullable Object> with) {
        return set(policies(), policy, with, null);
    }

    public static PolicySet set(
            BuiltinPolicies policies,
            String policy,
            Map<String, ? extends @Nullable Object> with,
            @Nullable String on) {
        return new PolicySetFactory(policies.types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO)
                .create(List.of(new PolicySpec(policy, null, with, on, null, null, null, null, "test")));
    }

    public static Verdict judge(PolicySet set, ActionRequest request) {
        return set.decide(request).verdicts().get(0);
    }
}
