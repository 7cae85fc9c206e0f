package cloud.enact.policy.cerbos;

import cloud.enact.policy.cel.CelValues;
import cloud.enact.policy.cerbos.CheckResult.Output;
import cloud.enact.policy.cerbos.expression.CerbosExpression;
import cloud.enact.policy.cerbos.expression.EvaluationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known while one request is evaluated. Not thread-safe. */
final class Evaluation {

    private final CheckRequest request;

    private final EngineOptions options;

    private final Map<Definitions, VariableValues> variables = new IdentityHashMap<>();

    private final Map<Condition, Boolean> conditions = new IdentityHashMap<>();

    private final Map<String, Object> requestVariables = new HashMap<>();

    private final Set<String> failed = new TreeSet<>();

    private final List<Output> outputs = new ArrayList<>();

    private Map<String, Object> runtime = Map.of();

    Evaluation(CheckRequest request, EngineOptions options) {
        this.request = request;
        this.options = options;
    }

    /** Expressions that could not be evaluated. */
    Set<String> failed() {
        return this.failed;
    }

    List<Output> outputs() {
        return this.outputs;
    }

    /**
     * Says which derived roles expressions see from now on.
     *
     * @param roles the roles, or {@code null} when not all of them could be found out
     */
    void setDerivedRoles(@Nullable Set<String> roles) {
        this.runtime = (roles == null)
                ? Map.of()
                : Map.of(
                        "effectiveDerivedRoles", List.copyOf(roles),
                        "effective_derived_roles", List.copyOf(roles));
    }

    /** Whether a condition holds; found out once, whatever roles ask. */
    boolean holds(Condition condition, Definitions definitions) {
        Boolean known = this.conditions.get(condition);
        if (known == null) {
            known = condition.test(this, definitions);
            this.conditions.put(condition, known);
        }
        return known;
    }

    boolean isTrue(CerbosExpression expression, Definitions definitions) {
        try {
            return Boolean.TRUE.equals(evaluate(expression, definitions));
        } catch (EvaluationFailure failure) {
            this.failed.add(failure.expression());
            if (this.options.strict()) {
                throw failure;
            }
            return false;
        }
    }

    void tell(@Nullable CerbosExpression expression, Rule rule, String action) {
        if (expression == null) {
            return;
        }
        Output output;
        try {
            Object value = expression.evaluateToPlain(name -> variable(name, rule.definitions()), this.request.now());
            output = new Output(rule.src(), action, value, false);
        } catch (EvaluationFailure failure) {
            output = new Output(rule.src(), action, null, true);
        }
        // a rule says the same for every role
        if (!this.outputs.contains(output)) {
            this.outputs.add(output);
        }
    }

    /** Finds out which variables fail, where somebody wants to know. */
    void report(Definitions definitions) {
        if (this.options.reportsAll()) {
            values(definitions).evaluate(definitions.used());
        }
    }

    private Object evaluate(CerbosExpression expression, Definitions definitions) {
        return expression.evaluate(name -> variable(name, definitions), this.request.now());
    }

    private @Nullable Object variable(String name, Definitions definitions) {
        return switch (name) {
            case "V", "variables" -> values(definitions);
            case "C", "constants" -> definitions.constants();
            case "G", "globals" -> CelValues.DOUBLES.ofMap(this.options.globals());
            case "runtime" -> this.runtime;
            default -> {
                Object known = this.requestVariables.get(name);
                if (known == null) {
                    known = requestVariable(name);
                    this.requestVariables.put(name, known);
                }
                yield known;
            }
        };
    }

    private @Nullable Object requestVariable(String name) {
        return switch (name) {
            case "R" -> resource();
            case "P" -> principal();
            case "request" ->
                Map.of("principal", principal(), "resource", resource(), "auxData", auxData(), "aux_data", auxData());
            default -> null;
        };
    }

    private Map<String, Object> principal() {
        CheckRequest.Principal principal = this.request.principal();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", principal.id());
        fields.put("roles", principal.roles());
        fields.put("attr", CelValues.DOUBLES.ofMap(principal.attr()));
        fields.put("policyVersion", principal.policyVersion());
        fields.put("scope", CheckRequest.plainScope(principal.scope()));
        return new MessageFields(fields);
    }

    private Map<String, Object> resource() {
        CheckRequest.Resource resource = this.request.resource();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", resource.kind());
        fields.put("id", resource.id());
        fields.put("attr", CelValues.DOUBLES.ofMap(resource.attr()));
        fields.put("policyVersion", resource.policyVersion());
        fields.put("scope", CheckRequest.plainScope(resource.scope()));
        return new MessageFields(fields);
    }

    private Map<String, Object> auxData() {
        Map<String, @Nullable Object> auxData = new HashMap<>(this.request.auxData());
        auxData.putIfAbsent("jwt", Map.of());
        auxData.putIfAbsent("jwts", Map.of());
        return CelValues.DOUBLES.ofMap(auxData);
    }

    private VariableValues values(Definitions definitions) {
        return this.variables.computeIfAbsent(definitions, key -> new VariableValues(definitions, this::valueOf));
    }

    private @Nullable Object valueOf(CerbosExpression expression, Definitions definitions) {
        try {
            return evaluate(expression, definitions);
        } catch (EvaluationFailure failure) {
            this.failed.add(failure.expression());
            return null;
        }
    }
}
