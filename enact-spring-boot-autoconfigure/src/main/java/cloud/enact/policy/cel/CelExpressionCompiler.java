package cloud.enact.policy.cel;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.PolicyConfigurationException;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles CEL expressions into policies. Variables: {@code action} (name, system, reversibility), {@code args},
 * {@code actor} (id, roles, attributes, agent, on_behalf_of, source), {@code run} (id, name), {@code effect} (rows,
 * tables, unmeasured) and {@code now}.
 * Functions: the standard ones and the string extensions. The word {@code resource} is reserved and always null.
 *
 * <p>Work is bounded: expressions have a longest size and depth, comprehensions an iteration budget, and regular
 * expressions are RE2, which is linear. Thread-safe, and so are the policies it makes.
 */
public final class CelExpressionCompiler implements ExpressionCompiler {

    private static final int LONGEST_EXPRESSION = 10_000;

    private static final int DEEPEST_EXPRESSION = 100;

    private static final int MOST_ITERATIONS = 10_000;

    private static final int LARGEST_REGEX_PROGRAM = 5_000;

    /** Loading CEL takes a third of a second, which an application without expressions does not wait for. */
    private @Nullable Environment environment;

    @Override
    public ActionPolicy compile(
            String name, Effect effect, String expression, String reason, Effect onError, String origin) {
        if (effect != Effect.ASK && effect != Effect.BLOCK) {
            throw new IllegalArgumentException("An expression asks or blocks");
        }
        if (onError != Effect.ABSTAIN && onError != Effect.BLOCK) {
            throw new IllegalArgumentException("An expression that fails blocks or abstains");
        }
        try {
            Environment cel = environment();
            CelAbstractSyntaxTree tree = cel.cel.compile(expression).getAst();
            cel.validator.validate(tree).getAst();
            KnownFields.requireIn(tree, origin);
            cel.regexes.requireValidIn(tree, origin);
            return new CelPolicy(name, effect, reason, onError, cel.cel.createProgram(tree));
        } catch (CelValidationException ex) {
            throw refused(origin, ex.getErrors());
        } catch (CelEvaluationException | StackOverflowError ex) {
            throw new PolicyConfigurationException(
                    origin + ": the expression can't be made ready to run",
                    "Simplify it: it may be nested too deeply.");
        }
    }

    private synchronized Environment environment() {
        Environment known = this.environment;
        if (known == null) {
            known = new Environment();
            this.environment = known;
        }
        return known;
    }

    private static PolicyConfigurationException refused(String origin, List<CelIssue> issues) {
        CompileProblem problem = CompileProblem.of(issues);
        return new PolicyConfigurationException(origin + ": " + problem.description(), problem.remedy());
    }

    /** What expressions are compiled with. */
    private static final class Environment {

        private final Cel cel;

        private final CelValidator validator;

        private final RegexLiterals regexes;

        private Environment() {
            MapType facts = MapType.create(SimpleType.STRING, SimpleType.DYN);
            // the standard runtime evaluates in a quarter of the planner's time, because it does not copy variables
            this.cel = CelFactory.standardCelBuilder()
                    .setOptions(CelOptions.current()
                            .enableHeterogeneousNumericComparisons(true)
                            .maxExpressionCodePointSize(LONGEST_EXPRESSION)
                            .maxParseRecursionDepth(DEEPEST_EXPRESSION)
                            .comprehensionMaxIterations(MOST_ITERATIONS)
                            .maxRegexProgramSize(LARGEST_REGEX_PROGRAM)
                            .build())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addCompilerLibraries(CelExtensions.strings())
                    .addRuntimeLibraries(CelExtensions.strings())
                    .addVar("action", facts)
                    .addVar("args", facts)
                    .addVar("actor", facts)
                    .addVar("resource", SimpleType.DYN)
                    .addVar("run", facts)
                    .addVar("effect", facts)
                    .addVar("now", SimpleType.TIMESTAMP)
                    .setResultType(SimpleType.BOOL)
                    .build();
            this.validator = CelValidatorFactory.standardCelValidatorBuilder(this.cel)
                    .addAstValidators(TimestampLiteralValidator.INSTANCE, DurationLiteralValidator.INSTANCE)
                    .build();
            this.regexes = new RegexLiterals(this.cel, "args");
        }
    }
}
