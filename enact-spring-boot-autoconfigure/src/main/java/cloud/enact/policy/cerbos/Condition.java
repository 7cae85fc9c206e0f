package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.expression.CerbosExpression;
import java.util.List;

/** A compiled condition. Immutable. */
sealed interface Condition {

    /**
     * Whether it holds.
     *
     * @throws cloud.enact.policy.cerbos.expression.EvaluationFailure when an expression fails in strict evaluation
     */
    boolean test(Evaluation evaluation, Definitions definitions);

    /**
     * One expression.
     *
     * @param expression whatever is not {@code true} is false
     */
    record Single(CerbosExpression expression) implements Condition {

        @Override
        public boolean test(Evaluation evaluation, Definitions definitions) {
            return evaluation.isTrue(this.expression, definitions);
        }
    }

    /**
     * Every part holds.
     *
     * @param parts looked at until one does not hold
     */
    record All(List<Condition> parts) implements Condition {

        @Override
        public boolean test(Evaluation evaluation, Definitions definitions) {
            for (Condition part : this.parts) {
                if (!part.test(evaluation, definitions)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * At least one part holds.
     *
     * @param parts looked at until one holds
     */
    record AtLeastOne(List<Condition> parts) implements Condition {

        @Override
        public boolean test(Evaluation evaluation, Definitions definitions) {
            for (Condition part : this.parts) {
                if (part.test(evaluation, definitions)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * No part holds.
     *
     * @param parts looked at until one holds
     */
    record None(List<Condition> parts) implements Condition {

        @Override
        public boolean test(Evaluation evaluation, Definitions definitions) {
            return !new AtLeastOne(this.parts).test(evaluation, definitions);
        }
    }
}
