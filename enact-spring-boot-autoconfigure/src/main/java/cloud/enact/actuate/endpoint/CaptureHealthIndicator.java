package cloud.enact.actuate.endpoint;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Says whether rows that governed actions change are captured; DOWN while they are not, and can't be changed. */
public final class CaptureHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<List<String>> problems;

    /**
     * Makes the indicator.
     *
     * @param problems looks at the databases, and tells a sentence for each where something is missing
     */
    public CaptureHealthIndicator(Supplier<List<String>> problems) {
        super("Whether rows are captured could not be found out");
        this.problems = problems;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> found = this.problems.get();
        builder.status(found.isEmpty() ? "UP" : "DOWN");
        if (!found.isEmpty()) {
            builder.withDetail("problems", found);
        }
    }
}
