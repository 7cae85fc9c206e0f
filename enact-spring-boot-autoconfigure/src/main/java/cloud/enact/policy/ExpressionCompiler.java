package cloud.enact.policy;

import org.jspecify.annotations.Nullable;

/** Turns the expression of a {@link PolicySpec} into a policy. Implemented by {@code policy.cel}. */
public interface ExpressionCompiler {

    /**
     * Compiles and type-checks.
     *
     * @param name name the policy gets
     * @param effect {@code ASK} or {@code BLOCK}: what it answers when the expression is true
     * @param expression the expression; must be boolean
     * @param reason what to tell; may be empty
     * @param onError what it answers where the expression can't be evaluated
     * @param origin where it was written
     * @throws PolicyConfigurationException when it does not compile to a boolean expression
     */
    ActionPolicy compile(String name, Effect effect, String expression, String reason, OnError onError, String origin);

    /**
     * Tells whether a valid expression has the same value for every call.
     *
     * @return that value, or {@code null} when it depends on the call, or nobody knows
     */
    default @Nullable Boolean constant(String expression) {
        return null;
    }
}
