package cloud.enact.policy.cerbos.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition.
 *
 * @param operator how its parts go together
 * @param expression the expression of {@link Operator#EXPR}, else {@code null}
 * @param parts the parts of the other operators
 */
public record ConditionSource(Operator operator, @Nullable Located expression, List<ConditionSource> parts) {

    /** How conditions are made of conditions. */
    public enum Operator {
        /** One expression. */
        EXPR,
        /** Every part is true. */
        ALL,
        /** At least one part is true. */
        ANY,
        /** No part is true. */
        NONE
    }
}
