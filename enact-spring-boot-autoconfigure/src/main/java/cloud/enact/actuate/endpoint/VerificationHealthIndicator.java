package cloud.enact.actuate.endpoint;

import cloud.enact.receipt.Exposure;
import cloud.enact.receipt.VerificationReport;
import cloud.enact.receipt.VerificationStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Says whether receipts verify: DOWN when the newest pass in the background found a problem. Thread-safe. */
public final class VerificationHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<VerificationStatus> verification;

    /**
     * Makes the indicator.
     *
     * @param verification tells what was found so far
     */
    public VerificationHealthIndicator(Supplier<VerificationStatus> verification) {
        super("Whether receipts verify could not be found out");
        this.verification = verification;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        VerificationStatus status = this.verification.get();
        String problem = status.problem();
        builder.status((problem == null) ? "UP" : "DOWN")
                .withDetail("passes", status.passes())
                .withDetail("entries", status.entries());
        VerificationReport last = status.last();
        if (last != null) {
            builder.withDetail("last", last.ended().toString())
                    .withDetail("exposure", exposure(last.verification().exposure()));
        }
        if (status.lastFull() != null) {
            builder.withDetail("last_full", status.lastFull().toString());
        }
        if (problem != null && last != null) {
            builder.withDetail("problem", problem)
                    .withDetail("problems", last.verification().problemCount());
        }
        if (status.lastError() != null) {
            builder.withDetail("last_error", status.lastError());
        }
    }

    private static Map<String, Object> exposure(Exposure exposure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("checkpoints", exposure.checkpoints());
        details.put("anchors", exposure.anchors());
        details.put("entries", exposure.entries());
        if (exposure.since() != null) {
            details.put("since", exposure.since().toString());
        }
        return details;
    }
}
