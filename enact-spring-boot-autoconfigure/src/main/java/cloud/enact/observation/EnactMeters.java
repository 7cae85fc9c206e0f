package cloud.enact.observation;

import cloud.enact.gate.GateState;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.ReceiptLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of the gate and the receipt log:
 *
 * <ul>
 *   <li>{@code enact.gate.calls}, tag {@code decision} {@code pass} or {@code block}: calls since start-up
 *   <li>{@code enact.gate.failed.open}: calls that went through in observe mode although the gate could not do its work
 *   <li>{@code enact.gate.bypasses}: tool callbacks offered to a model past the gate
 *   <li>{@code enact.policies.failed}: judgements a policy failed at, by an exception or by taking too long
 *   <li>{@code enact.receipts.unrecorded}: outcomes that could not be recorded
 *   <li>{@code enact.receipts.copies.failed}: readable copies of runs that could not be written
 *   <li>{@code enact.receipts.queue}: entries that wait for the disk
 * </ul>
 *
 * <p>No tag ever holds an argument, a name given by a model, or an id.
 */
public final class EnactMeters implements MeterBinder {

    private final GateState gate;

    private final PolicySet policies;

    private final ReceiptLog receipts;

    public EnactMeters(GateState gate, PolicySet policies, ReceiptLog receipts) {
        this.gate = gate;
        this.policies = policies;
        this.receipts = receipts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("enact.gate.calls", this.gate, GateState::passedCount)
                .tag("decision", "pass")
                .description("Calls the gate let through")
                .register(registry);
        FunctionCounter.builder("enact.gate.calls", this.gate, GateState::blockedCount)
                .tag("decision", "block")
                .description("Calls the gate stopped")
                .register(registry);
        FunctionCounter.builder("enact.gate.failed.open", this.gate, GateState::failedOpenCount)
                .description("Calls that went through although the gate could not do its work")
                .register(registry);
        FunctionCounter.builder("enact.gate.bypasses", this.gate, GateState::bypassCount)
                .description("Tool callbacks offered to a model past the gate")
                .register(registry);
        FunctionCounter.builder(
                        "enact.policies.failed",
                        this.policies,
                        set -> set.failures().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .description("Judgements that policies failed at")
                .register(registry);
        FunctionCounter.builder("enact.receipts.unrecorded", this.gate, GateState::unrecordedCount)
                .description("Outcomes that could not be recorded")
                .register(registry);
        FunctionCounter.builder(
                        "enact.receipts.copies.failed",
                        this.receipts,
                        log -> log.state().copiesFailed())
                .description("Readable copies of runs that could not be written")
                .register(registry);
        Gauge.builder("enact.receipts.queue", this.receipts, log -> log.state().queued())
                .description("Receipts that wait for the disk")
                .register(registry);
    }
}
