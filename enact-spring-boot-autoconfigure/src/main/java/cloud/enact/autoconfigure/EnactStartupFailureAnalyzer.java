package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what an {@link EnactStartupException} says. */
final class EnactStartupFailureAnalyzer extends AbstractFailureAnalyzer<EnactStartupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EnactStartupException cause) {
        return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
    }
}
