package cloud.enact.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link PolicySet}s from what an application brings: the catalogue, its own policy beans, an expression
 * compiler. Its sets share one bounded pool of threads for policies that run under the time limit, which
 * {@link #close()} releases. Thread-safe.
 */
public final class PolicySetFactory implements AutoCloseable {

    private final Map<String, PolicyType> catalogue = new LinkedHashMap<>();

    private final Map<String, ActionPolicy> beans = new LinkedHashMap<>();

    private final @Nullable ExpressionCompiler expressions;

    private final EnactMode mode;

    private final TimeLimit timeLimit;

    private final ActionHistory history;

    /**
     * Creates a factory of sets that have no history.
     *
     * @param catalogue policies that configuration can name
     * @param beans the application's own policies; each always applies
     * @param expressions compiler of expressions, or {@code null} when there is none
     * @param mode mode of the application
     * @param timeLimit how long one bean may take; zero or less for no limit
     * @throws PolicyConfigurationException when two policies have the same name, or one has none
     */
    public PolicySetFactory(
            List<? extends PolicyType> catalogue,
            List<? extends ActionPolicy> beans,
            @Nullable ExpressionCompiler expressions,
            EnactMode mode,
            Duration timeLimit) {
        this(catalogue, beans, expressions, mode, timeLimit, ActionHistory.none());
    }

    /**
     * Creates a factory.
     *
     * @param catalogue policies that configuration can name
     * @param beans the application's own policies; each always applies
     * @param expressions compiler of expressions, or {@code null} when there is none
     * @param mode mode of the application
     * @param timeLimit how long one bean may take; zero or less for no limit
     * @param history what policies that look back see
     * @throws PolicyConfigurationException when two policies have the same name, or one has none
     */
    public PolicySetFactory(
            List<? extends PolicyType> catalogue,
            List<? extends ActionPolicy> beans,
            @Nullable ExpressionCompiler expressions,
            EnactMode mode,
            Duration timeLimit,
            ActionHistory history) {
        for (PolicyType type : catalogue) {
            requireFree(type.name(), type.getClass());
            this.catalogue.put(type.name(), type);
        }
        for (ActionPolicy bean : beans) {
            String name = bean.name();
            requireFree(name, bean.getClass());
            this.beans.put(name, bean);
        }
        this.expressions = expressions;
        this.mode = mode;
        this.timeLimit = new TimeLimit(timeLimit);
        this.history = history;
    }

    /**
     * Makes a policy set.
     *
     * @param configured what configuration names, in order
     * @throws PolicyConfigurationException when one can't be set up
     */
    public PolicySet create(List<PolicySpec> configured) {
        return create(configured, List.of());
    }

    /**
     * Makes a policy set.
     *
     * @param configured what configuration names, in order
     * @param files what files of other formats hold, in order; asked after what is configured
     * @throws PolicyConfigurationException when one can't be set up
     */
    public PolicySet create(List<PolicySpec> configured, List<FilePolicy> files) {
        PolicyResolver resolver = new PolicyResolver(this.catalogue, this.beans, this.expressions, this.timeLimit);
        List<BoundPolicy> bound = new ArrayList<>(resolver.resolve(configured));
        Set<String> taken = new HashSet<>();
        bound.forEach(policy -> taken.add(policy.name()));
        bound.addAll(resolver.resolveFiles(files, taken));
        this.beans.forEach((name, bean) -> {
            if (!taken.contains(name)) {
                bound.add(resolver.everywhere(name, bean));
            }
        });
        return new EffectivePolicySet(bound, resolver, this.mode, this.history);
    }

    /**
     * Makes a policy set for what-ifs, with nothing but these policies, which are meant for whatever is asked: none of
     * them says that it does not apply. It enforces, whatever the mode of the application.
     *
     * @param specs policies, in order
     * @throws PolicyConfigurationException when one can't be set up
     */
    public PolicySet createNamed(List<PolicySpec> specs) {
        PolicyResolver resolver = new PolicyResolver(this.catalogue, this.beans, this.expressions, this.timeLimit);
        return new EffectivePolicySet(resolver.resolveFor("*", specs), resolver, EnactMode.ENFORCE, this.history);
    }

    /** Interrupts policies that still run, and releases the threads. Policies under the time limit then BLOCK. */
    @Override
    public void close() {
        this.timeLimit.close();
    }

    private void requireFree(@Nullable String name, Class<?> type) {
        if (name == null || name.isBlank()) {
            throw new PolicyConfigurationException(
                    "The policy " + type.getName() + " has no name",
                    "Let its name() return a name in kebab-case with a category, such as billing.no-big-refunds.");
        }
        if (this.catalogue.containsKey(name) || this.beans.containsKey(name)) {
            throw new PolicyConfigurationException(
                    "There are two policies named '" + name + "'; one is " + type.getName(),
                    "Rename one of them: a policy's name must be unique.");
        }
    }
}
