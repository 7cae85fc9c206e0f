package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cel.GrowthLimit;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable and thread-safe. */
public final class CerbosExpression {

    private final String source;

    private final Program program;

    private final GrowthLimit growth;

    private final References references;

    CerbosExpression(String source, Program program, GrowthLimit growth, References references) {
        this.source = source;
        this.program = program;
        this.growth = growth;
        this.references = references;
    }

    /** The text it was compiled from. */
    public String source() {
        return this.source;
    }

    /** Names of the constants it reads. */
    public Set<String> constants() {
        return this.references.constants();
    }

    /** Names of the variables it reads. */
    public Set<String> variables() {
        return this.references.variables();
    }

    /**
     * Evaluates.
     *
     * @param variables values by name, or {@code null} for what there is not
     * @param now the time of the request
     * @throws EvaluationFailure when there is no value
     */
    public Object evaluate(Function<String, @Nullable Object> variables, Instant now) {
        this.growth.renew();
        try {
            return this.program.eval(name ->
                    name.equals(CerbosMacros.NOW) ? Optional.of(now) : Optional.ofNullable(variables.apply(name)));
        } catch (CelEvaluationException ex) {
            throw new EvaluationFailure(this.source, reason(ex.getErrorCode()));
        } catch (IllegalArgumentException ex) {
            throw new EvaluationFailure(this.source, "a value is not what a function expects");
        }
    }

    /**
     * Evaluates to a value as JSON knows it.
     *
     * @param variables values by name, or {@code null} for what there is not
     * @param now the time of the request
     * @throws EvaluationFailure when there is no such value
     */
    public @Nullable Object evaluateToPlain(Function<String, @Nullable Object> variables, Instant now) {
        Object value = evaluate(variables, now);
        try {
            return PlainValue.of(value);
        } catch (IllegalArgumentException ex) {
            throw new EvaluationFailure(this.source, "its result can't be written as JSON");
        }
    }

    /** The messages of the runtime hold values of the request, so only the kind of failure is told. */
    private static String reason(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> "it reads a value that the request does not have";
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, INVALID_ARGUMENT, BAD_FORMAT ->
                "a value has another type or form than it expects";
            case ITERATION_BUDGET_EXCEEDED -> "the request has more values than it may look at";
            case DIVIDE_BY_ZERO, NUMERIC_OVERFLOW -> "a number can't be calculated with";
            default -> "it can't be evaluated";
        };
    }
}
