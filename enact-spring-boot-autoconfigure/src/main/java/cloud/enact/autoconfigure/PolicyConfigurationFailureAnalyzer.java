package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what a {@link PolicyConfigurationException} says. */
final class PolicyConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<PolicyConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PolicyConfigurationException cause) {
        return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
    }
}
