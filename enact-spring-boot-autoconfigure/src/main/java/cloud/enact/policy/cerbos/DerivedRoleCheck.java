package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.expression.EvaluationFailure;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which derived roles a principal has, found out once for each request. */
final class DerivedRoleCheck {

    private final Evaluation evaluation;

    private final Set<String> roles;

    private final Set<String> effective = new TreeSet<>();

    private final Map<DerivedRole, Object> outcomes = new IdentityHashMap<>();

    private final Map<String, Optional<Set<String>>> byScope = new HashMap<>();

    /**
     * Creates the check.
     *
     * @param roles all roles of the principal, with their parents
     */
    DerivedRoleCheck(Evaluation evaluation, Set<String> roles) {
        this.evaluation = evaluation;
        this.roles = roles;
    }

    /** Derived roles that the principal has in any scope so far. */
    Set<String> effective() {
        return this.effective;
    }

    /** Lets expressions see the derived roles that policies of this scope name. */
    void enter(String scope, List<DerivedRole> named) {
        Optional<Set<String>> known = this.byScope.get(scope);
        if (known == null) {
            known = find(named);
            this.byScope.put(scope, known);
        }
        this.evaluation.setDerivedRoles(known.orElse(null));
    }

    /**
     * Whether the condition of a derived role is met, whatever roles the principal has.
     *
     * @throws EvaluationFailure when it can't be evaluated in strict evaluation
     */
    boolean isMet(DerivedRole role) {
        Object outcome = this.outcomes.computeIfAbsent(role, this::evaluate);
        if (outcome instanceof EvaluationFailure failure) {
            throw failure;
        }
        return (Boolean) outcome;
    }

    private Optional<Set<String>> find(List<DerivedRole> named) {
        Set<String> found = new TreeSet<>();
        boolean complete = true;
        // derived roles can't depend on derived roles
        this.evaluation.setDerivedRoles(Set.of());
        for (DerivedRole role : named) {
            if (this.roles.stream().noneMatch(name -> Glob.anyMatches(role.parentRoles(), name))) {
                continue;
            }
            try {
                if (isMet(role)) {
                    found.add(role.name());
                }
            } catch (EvaluationFailure failure) {
                complete = false;
            }
        }
        this.effective.addAll(found);
        return complete ? Optional.of(found) : Optional.empty();
    }

    private Object evaluate(DerivedRole role) {
        if (role.condition() == null) {
            return true;
        }
        this.evaluation.report(role.definitions());
        try {
            return role.condition().test(this.evaluation, role.definitions());
        } catch (EvaluationFailure failure) {
            return failure;
        }
    }
}
