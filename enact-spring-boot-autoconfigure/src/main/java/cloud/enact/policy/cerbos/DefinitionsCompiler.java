package cloud.enact.policy.cerbos;

import cloud.enact.policy.cel.CelValues;
import cloud.enact.policy.cerbos.document.ConditionSource;
import cloud.enact.policy.cerbos.document.Located;
import cloud.enact.policy.cerbos.document.PolicyDocument;
import cloud.enact.policy.cerbos.document.PolicyKind;
import cloud.enact.policy.cerbos.document.RoleSource;
import cloud.enact.policy.cerbos.document.RuleSource;
import cloud.enact.policy.cerbos.expression.CerbosExpression;
import cloud.enact.policy.cerbos.expression.CerbosExpressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together which constants and variables the expressions of a document can read. */
final class DefinitionsCompiler {

    private static final int MOST_VARIABLES = 500;

    private final CerbosExpressions expressions;

    private final Map<String, PolicyDocument> named;

    /**
     * Creates the compiler.
     *
     * @param named documents that others refer to, by {@link #key}
     */
    DefinitionsCompiler(CerbosExpressions expressions, Map<String, PolicyDocument> named) {
        this.expressions = expressions;
        this.named = named;
    }

    static String key(PolicyKind kind, String name) {
        return kind.prefix() + "/" + name;
    }

    /** What the rules of a policy can read. */
    Definitions ofPolicy(PolicyDocument document) {
        List<Located> readers = new ArrayList<>();
        for (RuleSource rule : document.rules()) {
            addAll(rule.condition(), readers);
            add(rule.activated(), readers);
            add(rule.conditionNotMet(), readers);
        }
        return definitions(document, readers);
    }

    /** What the condition of a derived role can read. */
    Definitions ofRole(PolicyDocument document, RoleSource role) {
        List<Located> readers = new ArrayList<>();
        addAll(role.condition(), readers);
        return definitions(document, readers);
    }

    PolicyDocument require(PolicyKind kind, Located name) {
        PolicyDocument document = this.named.get(key(kind, name.text()));
        if (document == null) {
            throw name.wrong(
                    "the import '" + name.text() + "' can't be found",
                    "Correct the name, or add the file that defines it to enact.policy-files.");
        }
        return document;
    }

    private Definitions definitions(PolicyDocument document, List<Located> readers) {
        Map<String, @Nullable Object> constants =
                new LinkedHashMap<>(document.definitions().constants());
        for (Located name : document.definitions().constantImports()) {
            PolicyDocument exported = require(PolicyKind.EXPORT_CONSTANTS, name);
            exported.definitions().constants().forEach((constant, value) -> {
                requireNew(constants.containsKey(constant), constant, name);
                constants.put(constant, value);
            });
        }
        Map<String, Located> variables =
                new LinkedHashMap<>(document.definitions().variables());
        for (Located name : document.definitions().variableImports()) {
            PolicyDocument exported = require(PolicyKind.EXPORT_VARIABLES, name);
            exported.definitions().variables().forEach((variable, expression) -> {
                requireNew(variables.containsKey(variable), variable, name);
                variables.put(variable, expression);
            });
        }
        if (variables.size() > MOST_VARIABLES) {
            throw document.name().wrong("there are more than " + MOST_VARIABLES + " variables", "Split the policy.");
        }
        return compiled(constants, variables, readers);
    }

    private Definitions compiled(
            Map<String, @Nullable Object> constants, Map<String, Located> variables, List<Located> readers) {
        Map<String, CerbosExpression> compiled = new LinkedHashMap<>();
        variables.forEach((name, text) -> compiled.put(name, this.expressions.compile(text)));
        variables.values().forEach(text -> requireKnown(text, constants, variables));
        variables.forEach((name, text) -> requireNoCycle(name, text, compiled));
        Set<String> used = new LinkedHashSet<>();
        for (Located reader : readers) {
            requireKnown(reader, constants, variables);
            use(this.expressions.compile(reader), compiled, used);
        }
        return new Definitions(CelValues.DOUBLES.ofMap(constants), compiled, used);
    }

    private void requireKnown(Located reader, Map<String, ?> constants, Map<String, ?> variables) {
        CerbosExpression expression = this.expressions.compile(reader);
        for (String name : expression.constants()) {
            requireDefined(constants.containsKey(name), "constant", name, reader);
        }
        for (String name : expression.variables()) {
            requireDefined(variables.containsKey(name), "variable", name, reader);
        }
    }

    private static void requireDefined(boolean defined, String what, String name, Located reader) {
        if (!defined) {
            throw reader.wrong(
                    "the " + what + " '" + name + "' is not defined", "Define it below " + what + "s, or import it.");
        }
    }

    private static void requireNew(boolean known, String name, Located where) {
        if (known) {
            throw where.wrong(
                    "'" + name + "' of this import is already defined", "Define each constant and variable once.");
        }
    }

    private static void requireNoCycle(String name, Located where, Map<String, CerbosExpression> variables) {
        Set<String> reached = new LinkedHashSet<>();
        CerbosExpression expression = variables.get(name);
        if (expression != null) {
            use(expression, variables, reached);
        }
        if (reached.contains(name)) {
            throw where.wrong(
                    "the variable '" + name + "' depends on itself",
                    "Let variables read only constants, the request and other variables.");
        }
    }

    /** Adds the variables that an expression reads, and those that they read. */
    private static void use(CerbosExpression expression, Map<String, CerbosExpression> variables, Set<String> used) {
        List<String> open = new ArrayList<>(expression.variables());
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            CerbosExpression variable = variables.get(name);
            if (used.add(name) && variable != null) {
                open.addAll(variable.variables());
            }
        }
    }

    private static void addAll(@Nullable ConditionSource condition, List<Located> readers) {
        if (condition != null) {
            add(condition.expression(), readers);
            condition.parts().forEach(part -> addAll(part, readers));
        }
    }

    private static void add(@Nullable Located text, List<Located> readers) {
        if (text != null) {
            readers.add(text);
        }
    }
}
