package cloud.enact.policy.cel;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.facts.FactType;
import cloud.enact.policy.facts.Facts;
import cloud.enact.policy.facts.Shape;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiles CEL expressions into policies. Variables: {@code args}, {@code now}, {@code env} with
 * what may be read from the environment, and those of {@link Facts}, each with its fields. Functions: the standard ones
 * and the string extensions.
 *
 * <p>Work is bounded: expressions have a longest size and depth, comprehensions an iteration budget, what is made of
 * texts and lists a largest size, and regular expressions are RE2, which is linear. Thread-safe, and so are the policies it makes.
 */
public final class CelExpressionCompiler implements ExpressionCompiler {

    private final FactType<Object> environmentFields;

    /** Loading CEL takes a third of a second, which an application without expressions does not wait for. */
    private @Nullable Environment environment;

    /** Creates a compiler of expressions that read nothing from the environment. */
    public CelExpressionCompiler() {
        this(List.of(), name -> null);
    }

    /**
     * Creates a compiler.
     *
     * @param names what expressions may read from the environment, as {@code env.NAME}
     * @param read reads it, at every decision; {@code null} for what is not set
     * @throws PolicyConfigurationException when a name can't be written in an expression
     */
    public CelExpressionCompiler(List<String> names, Function<String, @Nullable String> read) {
        FactType<Object> fields = FactType.named("env");
        for (String name : names) {
            if (!isIdentifier(name)) {
                throw new PolicyConfigurationException(
                        "enact.policy-env: '" + name + "' can't be written in an expression",
                        "Name variables of letters, digits and underscores, such as DEPLOY_REGION.");
            }
            fields = fields.withOptional(name, Shape.Simple.TEXT, environment -> read.apply(name));
        }
        this.environmentFields = fields;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
                && name.chars().allMatch(c -> c == '_' || c < 128 && Character.isLetterOrDigit(c));
    }

    @Override
    public ActionPolicy compile(
            String name, Effect effect, String expression, String reason, OnError onError, String origin) {
        if (effect != Effect.ASK && effect != Effect.BLOCK) {
            throw new IllegalArgumentException("An expression asks or blocks");
        }
        try {
            Environment cel = environment();
            CelAbstractSyntaxTree parsed = cel.cel.parse(expression).getAst();
            CelAbstractSyntaxTree tree = cel.fields.check(parsed, cel.cel, origin);
            cel.validator.validate(tree).getAst();
            cel.regexes.requireValidIn(tree, origin);
            return new CelPolicy(
                    name, effect, reason, onError, cel.cel.createProgram(tree), cel.growth, this.environmentFields);
        } catch (CelValidationException ex) {
            throw refused(origin, ex.getErrors());
        } catch (LinkageError ex) {
            throw CelLibrary.unusable(origin, ex);
        } catch (CelEvaluationException | StackOverflowError ex) {
            throw new PolicyConfigurationException(
                    origin + ": the expression can't be made ready to run",
                    "Simplify it: it may be nested too deeply.");
        }
    }

    @Override
    public @Nullable Boolean constant(String expression) {
        try {
            Environment known = environment();
            known.growth.renew();
            return new ConstantExpressions(known.cel)
                    .value(known.cel.compile(expression).getAst());
        } catch (CelValidationException | RuntimeException | StackOverflowError ex) {
            return null;
        }
    }

    private synchronized Environment environment() {
        Environment known = this.environment;
        if (known == null) {
            known = new Environment(this.environmentFields);
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

        private final KnownFields fields;

        private final RegexLiterals regexes;

        private final GrowthLimit growth = new GrowthLimit();

        private Environment(FactType<Object> environment) {
            Map<String, FactType<?>> variables = new LinkedHashMap<>(Facts.types());
            variables.put(environment.name(), environment);
            this.fields = new KnownFields(variables);
            // the standard runtime evaluates in a quarter of the planner's time, because it does not copy variables
            CelBuilder builder = CelFactory.standardCelBuilder()
                    .setOptions(CelLimits.options())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(new FactTypeProvider(variables.values()))
                    .addVar("args", MapType.create(SimpleType.STRING, SimpleType.DYN))
                    .addVar("now", SimpleType.TIMESTAMP)
                    .setResultType(SimpleType.BOOL);
            variables.forEach((name, type) -> builder.addVar(name, FactTypeProvider.reference(type)));
            this.growth.addTo(builder);
            this.cel = builder.build();
            this.validator = CelValidatorFactory.standardCelValidatorBuilder(this.cel)
                    .addAstValidators(TimestampLiteralValidator.INSTANCE, DurationLiteralValidator.INSTANCE)
                    .build();
            this.regexes = new RegexLiterals(this.cel, "args");
        }
    }
}
