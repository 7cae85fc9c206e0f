package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies of an application. What holds for an action is found once; the state is replaced as a whole when a
 * method adds policies, so that a decision never sees half of it.
 */
final class EffectivePolicySet implements PolicySet {

    /** Names of actions come from tools, but a hostile caller may make some up: more than these are not kept. */
    private static final int MOST_ACTIONS = 2048;

    private static final int LONGEST_ACTION = 256;

    private final List<BoundPolicy> policies;

    private final PolicyResolver resolver;

    private final EnactMode mode;

    private final ActionHistory history;

    private volatile State state = new State(Map.of());

    EffectivePolicySet(List<BoundPolicy> policies, PolicyResolver resolver, EnactMode mode, ActionHistory history) {
        this.policies = List.copyOf(policies);
        this.resolver = resolver;
        this.mode = mode;
        this.history = history;
    }

    @Override
    public Decision decide(ActionRequest request) {
        return decide(request, this.history);
    }

    @Override
    public Decision decide(ActionRequest request, ActionHistory history) {
        State current = this.state;
        Applicable applicable = current.applicable(request.action());
        PolicyInputs inputs = PolicyInputs.of(request, applicable.words, history);
        List<BoundPolicy> policies = applicable.policies;
        List<Verdict> verdicts = new ArrayList<>(policies.size());
        // an iterator is a good part of what a policy costs that does not apply
        for (int i = 0; i < policies.size(); i++) {
            verdicts.add(policies.get(i).judge(inputs));
        }
        return Decision.of(verdicts, this.mode, current.digest()).lookingBack(inputs.lookedBack());
    }

    @Override
    public Decision decideNamed(ActionRequest request) {
        State current = this.state;
        PolicyInputs inputs = PolicyInputs.of(request, ActionWords.of(request.action()), this.history);
        List<Verdict> verdicts = this.policies.stream()
                .filter(policy -> policy.names(request.action()))
                .map(policy -> policy.judge(inputs))
                .toList();
        return Decision.of(verdicts, this.mode, current.digest()).lookingBack(inputs.lookedBack());
    }

    @Override
    public boolean enforces(String action) {
        return this.state.applicable(action).policies.stream().anyMatch(BoundPolicy::isEnforced);
    }

    @Override
    public boolean covers(ActionRequest call) {
        Applicable applicable = this.state.applicable(call.action());
        PolicyInputs inputs = PolicyInputs.of(call, applicable.words, ActionHistory.none());
        return applicable.policies.stream()
                .anyMatch(policy -> !policy.isBounded() || policy.judge(inputs).effect() != Effect.ABSTAIN);
    }

    @Override
    public String policySet() {
        return this.state.digest();
    }

    @Override
    public synchronized void govern(String action, List<PolicySpec> specs) {
        Governed before = this.state.governed.get(action);
        if (before != null) {
            if (withoutOrigins(before.specs).equals(withoutOrigins(specs))) {
                return;
            }
            throw new PolicyConfigurationException(
                    "The action '" + action + "' is governed twice, with different policies",
                    "Give the two methods different action names, or the same policies.");
        }
        Map<String, Governed> governed = new TreeMap<>(this.state.governed);
        governed.put(action, new Governed(List.copyOf(specs), this.resolver.resolveFor(action, specs)));
        this.state = new State(Collections.unmodifiableMap(governed));
    }

    /** The same policies found on an interface and on its implementation are the same. */
    private static List<PolicySpec> withoutOrigins(List<PolicySpec> specs) {
        return specs.stream().map(spec -> spec.withOrigin("")).toList();
    }

    @Override
    public Map<String, List<PolicySpec>> governed() {
        Map<String, List<PolicySpec>> specs = new TreeMap<>();
        this.state.governed.forEach((action, own) -> specs.put(action, own.specs));
        return specs;
    }

    @Override
    public List<EffectivePolicy> policies() {
        return all().map(BoundPolicy::describe).toList();
    }

    private Stream<BoundPolicy> all() {
        return Stream.concat(
                this.policies.stream(), this.state.governed.values().stream().flatMap(own -> own.policies.stream()));
    }

    @Override
    public Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>();
        all().filter(policy -> policy.failures() > 0)
                .forEach(policy -> failures.merge(policy.name(), policy.failures(), Long::sum));
        return failures;
    }

    /** The policies of one method. */
    private record Governed(List<PolicySpec> specs, List<BoundPolicy> policies) {}

    /** What holds for one action. */
    private record Applicable(ActionWords words, List<BoundPolicy> policies) {}

    /** The set at one time. */
    private final class State {

        private final Map<String, Governed> governed;

        private final ConcurrentMap<String, Applicable> applicable = new ConcurrentHashMap<>();

        /** Computing it twice does no harm, so nothing is locked. */
        private volatile @Nullable String digest;

        private State(Map<String, Governed> governed) {
            this.governed = governed;
        }

        private Applicable applicable(String action) {
            Applicable known = this.applicable.get(action);
            if (known != null) {
                return known;
            }
            Applicable found = find(action);
            if (action.length() <= LONGEST_ACTION && this.applicable.size() < MOST_ACTIONS) {
                this.applicable.put(action, found);
            }
            return found;
        }

        private Applicable find(String action) {
            List<BoundPolicy> found = new ArrayList<>();
            for (BoundPolicy policy : EffectivePolicySet.this.policies) {
                if (policy.holdsFor(action)) {
                    found.add(policy);
                }
            }
            Governed own = this.governed.get(action);
            if (own != null) {
                for (BoundPolicy policy : own.policies) {
                    // a bean that holds everywhere needn't run a second time because the method names it, too
                    if (policy.holdsFor(action) && found.stream().noneMatch(policy::runs)) {
                        found.add(policy);
                    }
                }
            }
            return new Applicable(ActionWords.of(action), List.copyOf(found));
        }

        private String digest() {
            String known = this.digest;
            if (known == null) {
                known = "sha256:" + Sha256.hex(canonical());
                this.digest = known;
            }
            return known;
        }

        /** Sorted, so that the order in which beans and methods are found makes no difference. */
        private String canonical() {
            CanonicalText text = new CanonicalText("enact policy set 1");
            text.add(sorted(EffectivePolicySet.this.policies));
            this.governed.forEach((action, own) -> {
                if (!own.policies.isEmpty()) {
                    text.add(action).add(sorted(own.policies));
                }
            });
            return text.toString();
        }

        private static List<String> sorted(List<BoundPolicy> policies) {
            return policies.stream().map(BoundPolicy::canonical).sorted().toList();
        }
    }
}
