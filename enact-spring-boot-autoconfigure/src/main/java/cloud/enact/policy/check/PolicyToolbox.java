package cloud.enact.policy.check;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cel.CelExpressionCompiler;
import cloud.enact.policy.cerbos.CerbosPolicyFiles;
import cloud.enact.policy.cerbos.CerbosSettings;
import cloud.enact.policy.file.LoadedPolicies;
import cloud.enact.policy.file.PolicyFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What policies are made of where there is no application: the catalogue, expressions, formats of files. */
public final class PolicyToolbox {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final PolicySetFactory factory;

    private final ExpressionCompiler expressions;

    private final PolicyFiles files;

    /**
     * Creates a toolbox.
     *
     * @param catalogue policies that files can name
     * @param beans further policies, which always apply
     * @param expressions compiles expressions
     * @param readers readers of other formats than Enact's own
     */
    public PolicyToolbox(
            List<? extends PolicyType> catalogue,
            List<? extends ActionPolicy> beans,
            ExpressionCompiler expressions,
            List<? extends PolicyFileReader> readers) {
        this(new PolicySetFactory(catalogue, beans, expressions, EnactMode.ENFORCE, TIME_LIMIT), expressions, readers);
    }

    /**
     * Creates a toolbox of what an application has.
     *
     * @param factory makes its policies
     * @param expressions compiles expressions
     * @param readers readers of other formats than Enact's own
     */
    public PolicyToolbox(
            PolicySetFactory factory, ExpressionCompiler expressions, List<? extends PolicyFileReader> readers) {
        this.factory = factory;
        this.expressions = expressions;
        this.files = new PolicyFiles(readers);
    }

    /** What Enact brings along, with nothing of the environment. */
    public static PolicyToolbox standard() {
        return standard(List.of(), name -> null);
    }

    /**
     * What Enact brings along.
     *
     * @param visible what expressions may read from the environment
     * @param environment reads it; {@code null} for what is not set
     */
    public static PolicyToolbox standard(List<String> visible, Function<String, @Nullable String> environment) {
        return new PolicyToolbox(
                // look-ups find nothing: there is no application to look things up in
                new BuiltinPolicies(environment, System.getProperty("user.home"), () -> false, () -> email -> false)
                        .types(),
                List.of(),
                new CelExpressionCompiler(visible, environment),
                List.of(new CerbosPolicyFiles(CerbosSettings.defaults())));
    }

    /**
     * Makes the policies of files.
     *
     * @throws PolicyConfigurationException when a file is not valid
     */
    public PolicySet policies(List<PolicyFile> files) {
        LoadedPolicies loaded = this.files.read(files);
        return this.factory.create(loaded.specs(), loaded.policies());
    }

    PolicySet policies(PolicySpec spec) {
        return this.factory.create(List.of(spec));
    }

    PolicyFiles files() {
        return this.files;
    }

    ExpressionCompiler expressions() {
        return this.expressions;
    }
}
