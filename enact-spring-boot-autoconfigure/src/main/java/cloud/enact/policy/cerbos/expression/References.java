package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.document.Located;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an expression reads by name.
 *
 * @param constants names after {@code C} and {@code constants}
 * @param variables names after {@code V} and {@code variables}
 */
record References(Set<String> constants, Set<String> variables) {

    private static final List<String> PRINCIPAL = List.of("id", "roles", "attr", "policyVersion", "scope");

    private static final List<String> RESOURCE = List.of("kind", "id", "attr", "policyVersion", "scope");

    /** What a request never has would otherwise fail at every call. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "request", List.of("principal", "resource", "auxData"),
            "P", PRINCIPAL,
            "R", RESOURCE,
            "request.principal", PRINCIPAL,
            "request.resource", RESOURCE,
            "runtime", List.of("effectiveDerivedRoles"));

    private static final Map<String, String> OTHER_SPELLINGS = Map.of(
            "policy_version", "policyVersion",
            "aux_data", "auxData",
            "effective_derived_roles", "effectiveDerivedRoles");

    References {
        constants = Collections.unmodifiableSet(new TreeSet<>(constants));
        variables = Collections.unmodifiableSet(new TreeSet<>(variables));
    }

    static References in(CelAbstractSyntaxTree tree, Located source) {
        Set<String> constants = new TreeSet<>();
        Set<String> variables = new TreeSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.SELECT)
                .map(node -> node.expr().select())
                .forEach(select -> {
                    String operand = path(select.operand());
                    if (operand.equals("C") || operand.equals("constants")) {
                        constants.add(select.field());
                    } else if (operand.equals("V") || operand.equals("variables")) {
                        variables.add(select.field());
                    } else {
                        requireKnown(operand, select.field(), source);
                    }
                });
        return new References(constants, variables);
    }

    private static void requireKnown(String operand, String field, Located source) {
        List<String> fields = FIELDS.get(operand);
        if (fields != null && !fields.contains(OTHER_SPELLINGS.getOrDefault(field, field))) {
            throw source.wrong(
                    "the expression reads " + operand + "." + field + ", which does not exist",
                    "Fields of " + operand + " are " + String.join(", ", fields) + ".");
        }
    }

    /** {@code request.resource} as text, or the empty text for anything but a path of two names at most. */
    private static String path(CelExpr expression) {
        if (expression.getKind() == Kind.IDENT) {
            return expression.ident().name();
        }
        if (expression.getKind() == Kind.SELECT) {
            CelSelect select = expression.select();
            return (select.operand().getKind() == Kind.IDENT)
                    ? select.operand().ident().name() + "." + select.field()
                    : "";
        }
        return "";
    }
}
