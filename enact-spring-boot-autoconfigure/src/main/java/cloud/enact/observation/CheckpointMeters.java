package cloud.enact.observation;

import cloud.enact.receipt.CheckpointState;
import cloud.enact.receipt.ReceiptLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of checkpoints, each with a tag {@code sink}, the name of a {@code CheckpointSink}:
 *
 * <ul>
 *   <li>{@code enact.receipts.checkpoint.lag}: how long there are receipts that the sink does not answer for
 *   <li>{@code enact.receipts.checkpoint.lag.entries}: how many there are
 * </ul>
 */
public final class CheckpointMeters implements MeterBinder {

    private final ReceiptLog receipts;

    private final Clock clock;

    public CheckpointMeters(ReceiptLog receipts, Clock clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CheckpointState state = this.receipts.state().checkpoints();
        if (state == null) {
            return;
        }
        for (CheckpointState.Anchor anchor : state.anchors()) {
            String sink = anchor.sink();
            TimeGauge.builder("enact.receipts.checkpoint.lag", this, TimeUnit.MILLISECONDS, meters -> meters.lag(sink))
                    .tag("sink", sink)
                    .description("How long there are receipts that a checkpoint sink does not answer for")
                    .register(registry);
            Gauge.builder("enact.receipts.checkpoint.lag.entries", this, meters -> meters.exposed(sink))
                    .tag("sink", sink)
                    .description("Receipts that a checkpoint sink does not answer for")
                    .register(registry);
        }
    }

    private double lag(String sink) {
        CheckpointState.Anchor anchor = anchor(sink);
        Instant since = (anchor != null) ? anchor.exposedSince() : null;
        return (since != null)
                ? Math.max(0, Duration.between(since, this.clock.instant()).toMillis())
                : 0;
    }

    private double exposed(String sink) {
        CheckpointState.Anchor anchor = anchor(sink);
        return (anchor != null) ? anchor.exposed() : 0;
    }

    private CheckpointState.@Nullable Anchor anchor(String sink) {
        CheckpointState state = this.receipts.state().checkpoints();
        return (state == null)
                ? null
                : state.anchors().stream()
                        .filter(anchor -> anchor.sink().equals(sink))
                        .findFirst()
                        .orElse(null);
    }
}
