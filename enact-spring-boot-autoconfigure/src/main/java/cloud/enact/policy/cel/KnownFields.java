package cloud.enact.policy.cel;

import cloud.enact.policy.NearestName;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.facts.FactType;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses fields that no call ever has: {@code actor.role} would otherwise block every call at run time. Immutable.
 */
final class KnownFields {

    private static final String UNDEFINED = "undefined field '";

    private final Map<String, Set<String>> variables = new LinkedHashMap<>();

    private final Set<String> all = new TreeSet<>();

    KnownFields(Map<String, FactType<?>> variables) {
        variables.forEach((name, type) -> this.variables.put(name, type.shapes().keySet()));
        Collection<CelType> types = new FactTypeProvider(variables.values()).types();
        types.forEach(type -> this.all.addAll(((StructType) type).fieldNames()));
    }

    /**
     * Type-checks an expression.
     *
     * @throws PolicyConfigurationException when it reads a field that does not exist
     * @throws CelValidationException when anything else is wrong with it
     */
    CelAbstractSyntaxTree check(CelAbstractSyntaxTree parsed, Cel cel, String origin) throws CelValidationException {
        try {
            return cel.check(parsed).getAst();
        } catch (CelValidationException ex) {
            String field = undefined(ex.getErrors().get(0).getMessage());
            if (field == null) {
                throw ex;
            }
            throw unknown(parsed, field, origin);
        }
    }

    private static @Nullable String undefined(String message) {
        int end = message.lastIndexOf('\'');
        return (message.startsWith(UNDEFINED) && end > UNDEFINED.length())
                ? message.substring(UNDEFINED.length(), end)
                : null;
    }

    private PolicyConfigurationException unknown(CelAbstractSyntaxTree parsed, String field, String origin) {
        for (CelSelect select : selects(parsed, field).toList()) {
            String variable = (select.operand().getKind() == Kind.IDENT)
                    ? select.operand().ident().name()
                    : "";
            Set<String> fields = this.variables.get(variable);
            if (fields != null && !fields.contains(field)) {
                return new PolicyConfigurationException(
                        origin + ": the expression reads " + variable + "." + field + ", which does not exist",
                        remedy(variable, fields, field));
            }
        }
        return new PolicyConfigurationException(
                origin + ": the expression reads the field '" + field + "', which does not exist there",
                new NearestName(this.all).hint(field));
    }

    private static String remedy(String variable, Set<String> fields, String field) {
        if (fields.isEmpty()) {
            return "Name what expressions may read in enact.policy-env.";
        }
        return new NearestName(fields).hint(field) + " Fields of " + variable + " are "
                + String.join(", ", List.copyOf(fields)) + ".";
    }

    private static Stream<CelSelect> selects(CelAbstractSyntaxTree tree, String field) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.SELECT)
                .map(node -> node.expr().select())
                .filter(select -> select.field().equals(field));
    }
}
