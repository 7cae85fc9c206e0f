package cloud.enact.policy.cel;

import cloud.enact.policy.PolicyConfigurationException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.List;
import java.util.Map;

/** Refuses fields that no call ever has: {@code actor.role} would otherwise block every call at run time. */
final class KnownFields {

    private static final Map<String, List<String>> FIELDS = Map.of(
            "action", List.of("name", "system", "reversibility"),
            "actor", List.of("id", "roles", "attributes", "agent", "on_behalf_of", "source"),
            "resource", List.of("type", "id"),
            "run", List.of("id", "name"),
            "effect", List.of("rows", "tables", "unmeasured"));

    private KnownFields() {}

    static void requireIn(CelAbstractSyntaxTree tree, String origin) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.SELECT)
                .forEach(node -> require(node.expr().select(), origin));
    }

    private static void require(CelSelect select, String origin) {
        if (select.operand().getKind() != Kind.IDENT) {
            return;
        }
        String variable = select.operand().ident().name();
        List<String> fields = FIELDS.get(variable);
        if (fields != null && !fields.contains(select.field())) {
            throw new PolicyConfigurationException(
                    origin + ": the expression reads " + variable + "." + select.field() + ", which does not exist",
                    "Fields of " + variable + " are " + String.join(", ", fields) + ".");
        }
    }
}
