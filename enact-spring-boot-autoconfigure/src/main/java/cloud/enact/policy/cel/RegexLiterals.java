package cloud.enact.policy.cel;

import cloud.enact.policy.PolicyConfigurationException;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;

/**
 * Refuses patterns that would fail at every call. They are tried out on the runtime that will use them: the validator
 * of CEL asks the regular expressions of the JDK, which accept more.
 */
public final class RegexLiterals {

    private final Program attempt;

    private final String variable;

    /**
     * Creates the check for one way of compiling.
     *
     * @param cel what compiles the expressions
     * @param variable one of its variables, in which fields can be read
     */
    public RegexLiterals(Cel cel, String variable) {
        this.variable = variable;
        try {
            this.attempt = cel.createProgram(
                    cel.compile("''.matches(" + variable + ".pattern)").getAst());
        } catch (CelValidationException | CelEvaluationException ex) {
            throw new IllegalStateException("CEL does not have 'matches'", ex);
        }
    }

    /** Refuses the expression when one of its patterns is not valid. */
    public void requireValidIn(CelAbstractSyntaxTree tree, String origin) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(node -> node.expr().call())
                .filter(call -> call.function().equals("matches"))
                .forEach(call -> requireValid(last(call.args()), tree, origin));
    }

    private static CelExpr last(List<CelExpr> arguments) {
        return arguments.get(arguments.size() - 1);
    }

    private void requireValid(CelExpr pattern, CelAbstractSyntaxTree tree, String origin) {
        if (pattern.getKind() != Kind.CONSTANT || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        try {
            this.attempt.eval(
                    Map.of(this.variable, Map.of("pattern", pattern.constant().stringValue())));
        } catch (CelEvaluationException ex) {
            throw new PolicyConfigurationException(
                    origin + ": the expression holds an invalid regular expression" + place(pattern, tree),
                    "Correct it. The syntax is RE2: there are no look-aheads, look-behinds and back references.");
        }
    }

    private static String place(CelExpr pattern, CelAbstractSyntaxTree tree) {
        Map<Long, Integer> positions = tree.getSource().getPositionsMap();
        CelSourceLocation location = tree.getSource()
                .getOffsetLocation(positions.getOrDefault(pattern.id(), 0))
                .orElse(CelSourceLocation.NONE);
        return (location.getLine() > 0)
                ? " (line " + location.getLine() + ", column " + (location.getColumn() + 1) + ")"
                : "";
    }
}
