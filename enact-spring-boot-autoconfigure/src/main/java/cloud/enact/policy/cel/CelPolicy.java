package cloud.enact.policy.cel;

import cloud.enact.policy.Effect;
import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.facts.FactType;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A compiled expression. Unless it may abstain, what can't be evaluated blocks, whatever the effect of the policy, and
 * for facts of what is not understood the policy has its own effect.
 */
final class CelPolicy implements InputPolicy {

    private static final Log logger = LogFactory.getLog(CelPolicy.class);

    private static final int MOST_CAUSES = 10;

    private final String name;

    private final Program program;

    private final GrowthLimit growth;

    private final FactType<Object> environment;

    private final Verdict whenTrue;

    private final Verdict whenFalse;

    private final Verdict whenNotUnderstood;

    private final boolean strict;

    CelPolicy(
            String name,
            Effect effect,
            String reason,
            OnError onError,
            Program program,
            GrowthLimit growth,
            FactType<Object> environment) {
        this.name = name;
        this.program = program;
        this.growth = growth;
        this.environment = environment;
        this.whenTrue = new Verdict(name, effect, reason, null);
        this.whenFalse = Verdict.abstain(name);
        this.whenNotUnderstood = new Verdict(
                name,
                effect,
                "This policy judges by what the call does, but a command, statement, path or address in it can't be"
                        + " understood. Write it plainly, in one piece and with fixed values.",
                null);
        this.strict = onError == OnError.BLOCK;
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Verdict judge(PolicyInputs inputs) {
        Object result;
        this.growth.renew();
        try {
            result = this.program.eval(new RequestVariables(inputs, this.environment));
        } catch (CelEvaluationException ex) {
            return unevaluated(ex);
        }
        if (result instanceof Boolean truth) {
            return truth ? this.whenTrue : this.whenFalse;
        }
        return failed("it gives no answer of yes or no for this call");
    }

    /** The message of the exception may hold values of the call, so only its kind is told. */
    private Verdict unevaluated(CelEvaluationException failure) {
        if (logger.isDebugEnabled()) {
            logger.debug("Expression of policy '" + this.name + "' failed with " + failure.getErrorCode());
        }
        if (this.strict && isNotUnderstood(failure)) {
            return this.whenNotUnderstood;
        }
        CelErrorCode code = failure.getErrorCode();
        return failed(
                switch (code) {
                    case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> "it reads a value that this call does not have";
                    case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, INVALID_ARGUMENT, BAD_FORMAT ->
                        "a value of this call has another type or form than it expects";
                    case ITERATION_BUDGET_EXCEEDED -> "this call has more values than it may look at, or longer ones";
                    case DIVIDE_BY_ZERO, NUMERIC_OVERFLOW -> "a number of this call can't be calculated with";
                    default -> "it can't be evaluated for this call";
                });
    }

    private static boolean isNotUnderstood(CelEvaluationException failure) {
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof NotUnderstoodException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private Verdict failed(String why) {
        if (!this.strict) {
            return this.whenFalse;
        }
        return Verdict.block(
                this.name,
                "The call is blocked because the expression of this policy failed: " + why
                        + ". Give complete arguments, or let its maintainer guard it, as in has(args.x) && args.x > 1.");
    }
}
