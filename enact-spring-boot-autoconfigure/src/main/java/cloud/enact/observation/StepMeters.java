package cloud.enact.observation;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters of connectors:
 *
 * <ul>
 *   <li>{@code enact.connector.steps}, tags {@code connector}, {@code operation} and {@code outcome}
 *       ({@code succeeded}, {@code failed}, {@code already_done}): steps, and how long they took
 *   <li>{@code enact.rollback.steps}, tags {@code connector} and {@code restoration}: steps that rollbacks looked after
 * </ul>
 *
 * <p>No tag ever holds an argument, a name given by a model, or an id.
 */
public final class StepMeters implements StepListener, MeterBinder {

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    @Override
    public void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
    }

    @Override
    public void performed(String connector, String operation, Outcome outcome, Duration took) {
        for (MeterRegistry registry : this.registries) {
            Timer.builder("enact.connector.steps")
                    .tag("connector", connector)
                    .tag("operation", operation)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Steps of connectors, and how long they took")
                    .register(registry)
                    .record(took);
        }
    }

    @Override
    public void undone(String connector, Restoration restoration) {
        for (MeterRegistry registry : this.registries) {
            Counter.builder("enact.rollback.steps")
                    .tag("connector", connector)
                    .tag("restoration", restoration.name().toLowerCase(Locale.ROOT))
                    .description("Steps that rollbacks undid, or could not undo")
                    .register(registry)
                    .increment();
        }
    }
}
