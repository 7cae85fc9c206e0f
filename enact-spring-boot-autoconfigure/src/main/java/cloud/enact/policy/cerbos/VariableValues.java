package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.expression.CerbosExpression;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The variables of one policy, each evaluated when it is first read. What can't be evaluated is not there. */
final class VariableValues extends AbstractMap<String, Object> {

    private final Definitions definitions;

    private final BiFunction<CerbosExpression, Definitions, @Nullable Object> evaluator;

    private final Map<String, Optional<Object>> known = new HashMap<>();

    /**
     * Creates the values.
     *
     * @param evaluator gives the value of an expression, or {@code null} when it has none
     */
    VariableValues(Definitions definitions, BiFunction<CerbosExpression, Definitions, @Nullable Object> evaluator) {
        this.definitions = definitions;
        this.evaluator = evaluator;
    }

    /** Evaluates these variables now. */
    void evaluate(Set<String> names) {
        names.forEach(this::find);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return find(name).orElse(null);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return find(name).isPresent();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Set<Entry<String, Object>> entries = new HashSet<>();
        for (String name : this.definitions.variables().keySet()) {
            find(name).ifPresent(value -> entries.add(new SimpleImmutableEntry<>(name, value)));
        }
        return entries;
    }

    private Optional<Object> find(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return Optional.empty();
        }
        Optional<Object> value = this.known.get(name);
        if (value == null) {
            CerbosExpression expression = this.definitions.variables().get(name);
            value = (expression != null)
                    ? Optional.ofNullable(this.evaluator.apply(expression, this.definitions))
                    : Optional.empty();
            this.known.put(name, value);
        }
        return value;
    }
}
