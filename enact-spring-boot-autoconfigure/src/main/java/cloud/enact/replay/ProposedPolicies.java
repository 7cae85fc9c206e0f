package cloud.enact.replay;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.file.LoadedPolicies;
import cloud.enact.policy.file.PolicyFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes sets of policies that an application might have in place of those that are configured. What annotations add,
 * and policies that are beans, it would have all the same. Thread-safe.
 */
public final class ProposedPolicies {

    private final PolicySet effective;

    private final PolicySetFactory factory;

    private final PolicyFiles files;

    /**
     * Creates what makes sets.
     *
     * @param effective the policies of the application
     * @param factory makes sets
     * @param files reads policies that are written as a file
     */
    public ProposedPolicies(PolicySet effective, PolicySetFactory factory, PolicyFiles files) {
        this.effective = effective;
        this.factory = factory;
        this.files = files;
    }

    /**
     * These policies.
     *
     * @throws cloud.enact.policy.PolicyConfigurationException when one can't be set up
     */
    public PolicySet of(List<PolicySpec> specs) {
        return governed(this.factory.create(specs));
    }

    /**
     * The policies of a file.
     *
     * @param text its content, or {@code null} for the policies that the application has
     * @throws cloud.enact.policy.PolicyConfigurationException when it can't be read, or one can't be set up
     */
    public PolicySet ofText(@Nullable String text) {
        if (text == null) {
            return this.effective;
        }
        LoadedPolicies loaded = this.files.read(List.of(new PolicyFile("text", text)));
        return governed(this.factory.create(loaded.specs(), loaded.policies()));
    }

    private PolicySet governed(PolicySet proposed) {
        this.effective.governed().forEach(proposed::govern);
        return proposed;
    }
}
