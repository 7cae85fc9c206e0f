package cloud.enact.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where the demo's own PostgreSQL server does not run. */
final class NoServerFailureAnalyzer extends AbstractFailureAnalyzer<NoServerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoServerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Name a server whose role may create databases, e.g. with the environment variable"
                        + " DEMO_POSTGRES_URL=jdbc:postgresql://localhost/postgres?user=me&password=..."
                        + " The demo makes a database of its own there and drops it at the end.",
                cause);
    }
}
