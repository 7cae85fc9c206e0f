package cloud.enact.observation;

import cloud.enact.receipt.AppendListener;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The meters of appends to the receipt log:
 *
 * <ul>
 *   <li>{@code enact.receipts.append}, tags {@code outcome} ({@code stored}, {@code failed}) and {@code reason} (class
 *       of what went wrong at last, or {@code none}): how long callers waited for their receipts
 *   <li>{@code enact.receipts.commits}: batches that were made durable; stored receipts divided by it are a batch
 * </ul>
 */
public final class ReceiptMeters implements AppendListener, MeterBinder {

    private static final int DEEPEST = 20;

    private final Supplier<ReceiptLog> receipts;

    private final List<Registered> registries = new CopyOnWriteArrayList<>();

    /**
     * Creates the meters.
     *
     * @param receipts asked for when the meters are bound: the log tells them of appends, and comes first
     */
    public ReceiptMeters(Supplier<ReceiptLog> receipts) {
        this.receipts = receipts;
    }

    private record Registered(MeterRegistry registry, Timer stored) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        this.registries.add(new Registered(registry, timer(registry, "stored", "none")));
        FunctionCounter.builder(
                        "enact.receipts.commits",
                        this.receipts.get(),
                        log -> log.state().commits())
                .description("Batches of receipts that were made durable")
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String outcome, String reason) {
        return Timer.builder("enact.receipts.append")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .description("How long callers waited for their receipts")
                .register(registry);
    }

    @Override
    public void appended(Receipt receipt, Duration took) {
        for (Registered registered : this.registries) {
            registered.stored().record(took);
        }
    }

    @Override
    public void failed(ReceiptDraft draft, RuntimeException reason, Duration took) {
        for (Registered registered : this.registries) {
            timer(registered.registry(), "failed", root(reason)).record(took);
        }
    }

    private static String root(Throwable error) {
        Throwable root = error;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
