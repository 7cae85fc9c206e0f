package cloud.enact.observation;

import cloud.enact.receipt.VerificationReport;
import cloud.enact.receipt.VerificationWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the verification in the background:
 *
 * <ul>
 *   <li>{@code enact.receipts.verification.passes}: passes that ended
 *   <li>{@code enact.receipts.verification.entries}: entries that were verified
 *   <li>{@code enact.receipts.verification.problems}: problems that the newest pass found
 *   <li>{@code enact.receipts.verification.exposed}: entries behind the newest anchor of their log in the newest pass
 * </ul>
 */
public final class VerificationMeters implements MeterBinder {

    private final VerificationWatch watch;

    public VerificationMeters(VerificationWatch watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "enact.receipts.verification.passes",
                        this.watch,
                        watch -> watch.status().passes())
                .description("Passes of the verification in the background that ended")
                .register(registry);
        FunctionCounter.builder(
                        "enact.receipts.verification.entries",
                        this.watch,
                        watch -> watch.status().entries())
                .description("Receipts that were verified in the background")
                .register(registry);
        gauge(
                registry,
                "problems",
                "Problems that the newest verification in the background found",
                report -> report.verification().problemCount());
        gauge(
                registry,
                "exposed",
                "Receipts behind the newest anchor of their log",
                report -> report.verification().exposure().entries());
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<VerificationReport> value) {
        Gauge.builder("enact.receipts.verification." + name, this.watch, watch -> {
                    VerificationReport last = watch.status().last();
                    return (last != null) ? value.applyAsDouble(last) : Double.NaN;
                })
                .description(description)
                .register(registry);
    }
}
