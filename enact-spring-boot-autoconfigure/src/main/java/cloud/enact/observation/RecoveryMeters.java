package cloud.enact.observation;

import cloud.enact.receipt.InDoubtRuns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The meter of actions in doubt:
 *
 * <ul>
 *   <li>{@code enact.receipts.in.doubt}: actions that were let through and whose outcome is missing, but for those that
 *       may be running; at most {@value InDoubtRuns#MAX}
 * </ul>
 */
public final class RecoveryMeters implements MeterBinder {

    private final InDoubtRuns doubts;

    private final Predicate<UUID> inFlight;

    /**
     * Makes the meter.
     *
     * @param inFlight whether an action of that id still runs here
     */
    public RecoveryMeters(InDoubtRuns doubts, Predicate<UUID> inFlight) {
        this.doubts = doubts;
        this.inFlight = inFlight;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("enact.receipts.in.doubt", this, RecoveryMeters::count)
                .description("Actions whose outcome is missing")
                .register(registry);
    }

    private double count() {
        return this.doubts.find(this.inFlight).size();
    }
}
