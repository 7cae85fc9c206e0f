package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.expression.CerbosExpression;
import java.util.Map;
import java.util.Set;

/**
 * Constants and variables that the expressions of one policy or derived role can read. Immutable; told from others by
 * identity, because the values of its variables are kept by it.
 */
final class Definitions {

    private final Map<String, Object> constants;

    private final Map<String, CerbosExpression> variables;

    private final Set<String> used;

    /**
     * Creates definitions.
     *
     * @param constants as expressions see them
     * @param variables expressions by name
     * @param used names of the variables that are read by anything
     */
    Definitions(Map<String, Object> constants, Map<String, CerbosExpression> variables, Set<String> used) {
        this.constants = constants;
        this.variables = Map.copyOf(variables);
        this.used = Set.copyOf(used);
    }

    Map<String, Object> constants() {
        return this.constants;
    }

    Map<String, CerbosExpression> variables() {
        return this.variables;
    }

    Set<String> used() {
        return this.used;
    }
}
