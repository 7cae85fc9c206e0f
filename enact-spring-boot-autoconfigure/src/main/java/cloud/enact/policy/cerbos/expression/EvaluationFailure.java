package cloud.enact.policy.cerbos.expression;

/** An expression that has no value for a request. It holds no value of the request, and no stack trace. */
public final class EvaluationFailure extends RuntimeException {

    private final String expression;

    EvaluationFailure(String expression, String reason) {
        super(reason, null, false, false);
        this.expression = expression;
    }

    /** The text of the expression. */
    public String expression() {
        return this.expression;
    }

    /** Why there is no value. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
