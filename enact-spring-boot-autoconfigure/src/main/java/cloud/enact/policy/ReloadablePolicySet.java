package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy set that can be replaced as a whole while it is used: a decision is made by the old one or by the new one.
 * What annotations added stays.
 */
public final class ReloadablePolicySet implements PolicySet {

    private final Map<String, List<PolicySpec>> governed = new LinkedHashMap<>();

    private final Map<String, Long> earlierFailures = new TreeMap<>();

    private volatile PolicySet current;

    private volatile @Nullable String problem;

    public ReloadablePolicySet(PolicySet initial) {
        this.current = initial;
    }

    @Override
    public Decision decide(ActionRequest request) {
        return this.current.decide(request);
    }

    @Override
    public Decision decide(ActionRequest request, ActionHistory history) {
        return this.current.decide(request, history);
    }

    @Override
    public Decision decideNamed(ActionRequest request) {
        return this.current.decideNamed(request);
    }

    @Override
    public boolean enforces(String action) {
        return this.current.enforces(action);
    }

    @Override
    public boolean covers(ActionRequest call) {
        return this.current.covers(call);
    }

    @Override
    public String policySet() {
        return this.current.policySet();
    }

    @Override
    public synchronized void govern(String action, List<PolicySpec> specs) {
        this.current.govern(action, specs);
        this.governed.putIfAbsent(action, List.copyOf(specs));
    }

    @Override
    public Map<String, List<PolicySpec>> governed() {
        return this.current.governed();
    }

    @Override
    public List<EffectivePolicy> policies() {
        return this.current.policies();
    }

    @Override
    public synchronized Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>(this.earlierFailures);
        this.current.failures().forEach((policy, count) -> failures.merge(policy, count, Long::sum));
        return failures;
    }

    @Override
    public @Nullable String problem() {
        return this.problem;
    }

    /**
     * Decides by another set from now on.
     *
     * @throws PolicyConfigurationException when what annotations add does not go with it; then nothing changes
     */
    public synchronized void replace(PolicySet next) {
        this.governed.forEach(next::govern);
        Map<String, Long> failures = failures();
        this.current = next;
        this.earlierFailures.putAll(failures);
        this.problem = null;
    }

    /** Says, or stops saying, why the set is not what it should be. The set itself stays. */
    public void report(@Nullable String problem) {
        this.problem = problem;
    }
}
