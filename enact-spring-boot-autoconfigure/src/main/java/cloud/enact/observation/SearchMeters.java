package cloud.enact.observation;

import cloud.enact.receipt.search.TextProjection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the index of words:
 *
 * <ul>
 *   <li>{@code enact.receipts.search.lag}: receipts that are not in it yet
 *   <li>{@code enact.receipts.search.failures}: attempts to fill it that failed
 * </ul>
 */
public final class SearchMeters implements MeterBinder {

    private final TextProjection projection;

    public SearchMeters(TextProjection projection) {
        this.projection = projection;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        ToDoubleFunction<TextProjection> behind =
                projection -> projection.progress().behind();
        Gauge.builder("enact.receipts.search.lag", this.projection, behind)
                .description("Receipts that can't be found by their words yet")
                .register(registry);
        FunctionCounter.builder("enact.receipts.search.failures", this.projection, TextProjection::failures)
                .description("Attempts to index receipts by their words that failed")
                .register(registry);
    }
}
