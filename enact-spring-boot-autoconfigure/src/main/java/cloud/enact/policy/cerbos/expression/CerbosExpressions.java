package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.cel.CelLimits;
import cloud.enact.policy.cel.CompileProblem;
import cloud.enact.policy.cel.GrowthLimit;
import cloud.enact.policy.cel.RegexLiterals;
import cloud.enact.policy.cerbos.document.Located;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the expressions of Cerbos-format policies, each text once. Work is bounded as it is for Enact's own
 * expressions. Not thread-safe; what it makes is.
 */
public final class CerbosExpressions {

    /** Stands in front of a description, until the place does. */
    private static final String ORIGIN = "expression";

    private static final String VARIABLES =
            "Variables are request, R, P, V, C, G, variables, constants, globals and runtime.";

    private final GrowthLimit growth = new GrowthLimit();

    private final Cel cel = environment(this.growth);

    private final RegexLiterals regexes = new RegexLiterals(this.cel, "R");

    private final Map<String, CerbosExpression> compiled = new HashMap<>();

    /**
     * Compiles and type-checks.
     *
     * @param source the expression, and where it was written
     * @throws PolicyFileException when it is not a valid expression
     */
    public CerbosExpression compile(Located source) {
        CerbosExpression known = this.compiled.get(source.text());
        if (known == null) {
            known = compileNew(source);
            this.compiled.put(source.text(), known);
        }
        return known;
    }

    private CerbosExpression compileNew(Located source) {
        try {
            CelAbstractSyntaxTree tree = this.cel.compile(source.text()).getAst();
            requireValidRegexes(tree, source);
            return new CerbosExpression(
                    source.text(), this.cel.createProgram(tree), this.growth, References.in(tree, source));
        } catch (CelValidationException ex) {
            CompileProblem problem = CompileProblem.of(ex.getErrors(), VARIABLES);
            throw source.wrong(problem.description(), problem.remedy());
        } catch (CelEvaluationException | StackOverflowError ex) {
            throw source.wrong(
                    "the expression can't be made ready to run", "Simplify it: it may be nested too deeply.");
        }
    }

    private void requireValidRegexes(CelAbstractSyntaxTree tree, Located source) {
        try {
            this.regexes.requireValidIn(tree, ORIGIN);
        } catch (PolicyConfigurationException ex) {
            throw source.wrong(ex.getDescription().substring((ORIGIN + ": ").length()), ex.getAction());
        }
    }

    private static Cel environment(GrowthLimit growth) {
        CelOptions options = CelLimits.options();
        CelBuilder cel = CelFactory.standardCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(CerbosMacros.all())
                .addVar(CerbosMacros.NOW, SimpleType.TIMESTAMP)
                .addVar("request", SimpleType.DYN)
                .addVar("R", SimpleType.DYN)
                .addVar("P", SimpleType.DYN)
                .addVar("runtime", SimpleType.DYN);
        for (String name : List.of("V", "variables", "C", "constants", "G", "globals")) {
            cel.addVar(name, MapType.create(SimpleType.STRING, SimpleType.DYN));
        }
        growth.addTo(cel);
        addExtensions(cel, options, growth);
        FunctionLibrary library = new FunctionLibrary();
        CerbosMacros.addTo(library);
        SetFunctions.addTo(library);
        HierarchyFunctions.addTo(library);
        NetworkFunctions.addTo(library);
        TextFunctions.addTo(library);
        PathFunctions.addTo(library);
        library.addTo(cel);
        return cel.build();
    }

    private static void addExtensions(CelBuilder cel, CelOptions options, GrowthLimit growth) {
        Function[] lists = {Function.SLICE, Function.FLATTEN, Function.DISTINCT, Function.REVERSE, Function.SORT};
        cel.addCompilerLibraries(
                        CelExtensions.optional(),
                        CelExtensions.bindings(),
                        CelExtensions.encoders(options),
                        CelExtensions.lists(lists),
                        CelExtensions.lists(Function.RANGE),
                        CelExtensions.math(),
                        CelExtensions.regex(),
                        CelExtensions.sets(options),
                        CelExtensions.comprehensions())
                .addRuntimeLibraries(
                        CelExtensions.optional(),
                        CelExtensions.encoders(options),
                        CelExtensions.lists(lists),
                        CelExtensions.math(),
                        CelExtensions.regex(),
                        CelExtensions.sets(options),
                        CelExtensions.comprehensions())
                .addFunctionBindings(growth.range());
    }
}
