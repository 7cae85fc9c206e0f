package cloud.enact.policy.cel;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.facts.FactType;
import cloud.enact.policy.facts.Facts;
import dev.cel.runtime.CelVariableResolver;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of one request, made only when an expression asks for them. */
final class RequestVariables implements CelVariableResolver {

    private final PolicyInputs inputs;

    private final FactType<Object> environment;

    RequestVariables(PolicyInputs inputs, FactType<Object> environment) {
        this.inputs = inputs;
        this.environment = environment;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "args" ->
                Optional.of(new CelValues.MapView(
                        CelValues.EXACT, this.inputs.request().args()));
            case "now" -> Optional.of(this.inputs.request().timestamp());
            case "env" -> Optional.of(new CelValues.MapView(CelValues.EXACT, this.environment.view(this)));
            default -> {
                Map<String, @Nullable Object> facts = Facts.of(name, this.inputs);
                yield Optional.of(
                        (facts != null && Boolean.FALSE.equals(facts.get("parseOk")))
                                ? new NotUnderstood(facts)
                                : CelValues.EXACT.of(facts));
            }
        };
    }

    /** Facts of what nobody can make sense of: nothing but that can be said of it. */
    private static final class NotUnderstood extends CelValues.MapView {

        private NotUnderstood(Map<String, @Nullable Object> facts) {
            super(CelValues.EXACT, facts);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            if (!"parseOk".equals(key) && !"problems".equals(key) && !"names".equals(key)) {
                throw new NotUnderstoodException();
            }
            return super.get(key);
        }
    }
}
