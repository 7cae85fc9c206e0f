package cloud.enact.policy.cel;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.optimizer.CelOptimizationException;
import dev.cel.optimizer.CelOptimizer;
import dev.cel.optimizer.CelOptimizerFactory;
import dev.cel.optimizer.optimizers.ConstantFoldingOptimizer;
import org.jspecify.annotations.Nullable;

/** Finds expressions that do not depend on the call, such as {@code args.amount > 500 && false}. */
final class ConstantExpressions {

    private final CelOptimizer optimizer;

    ConstantExpressions(Cel cel) {
        this.optimizer = CelOptimizerFactory.standardCelOptimizerBuilder(cel)
                .addAstOptimizers(ConstantFoldingOptimizer.getInstance())
                .build();
    }

    /** Returns the value, or {@code null} when it depends on the call. */
    @Nullable
    Boolean value(CelAbstractSyntaxTree tree) {
        try {
            CelAbstractSyntaxTree folded = this.optimizer.optimize(tree);
            if (folded.getExpr().getKind() != Kind.CONSTANT) {
                return null;
            }
            CelConstant constant = folded.getExpr().constant();
            return (constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE) ? constant.booleanValue() : null;
        } catch (CelOptimizationException ex) {
            // it can't be folded, so it can't be told
            return null;
        }
    }
}
