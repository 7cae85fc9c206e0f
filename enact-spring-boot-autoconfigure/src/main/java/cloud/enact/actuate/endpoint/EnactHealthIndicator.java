package cloud.enact.actuate.endpoint;

import cloud.enact.receipt.CheckpointState;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogState;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether what happens is recorded, and judged by the policies there are. DOWN while the last append to the log failed, and from an outcome on that could
 * not be recorded until its run, which is in doubt then, is reconciled. DOWN as well while a changed policy file can't be used: what held
 * before still holds. Runs left in doubt by an earlier process are a detail. Thread-safe.
 */
public final class EnactHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<GateFigures> gate;

    private final ReceiptLog receipts;

    private final InDoubtRuns inDoubt;

    private final Predicate<UUID> inFlight;

    private final boolean insecureSecret;

    /**
     * Makes the indicator.
     *
     * @param gate tells how the gate is doing
     * @param receipts the log this application writes
     * @param inDoubt finds calls whose outcome was lost
     * @param inFlight whether an action of that id still runs here
     * @param insecureSecret whether receipts are signed with a secret that everybody knows
     */
    public EnactHealthIndicator(
            Supplier<GateFigures> gate,
            ReceiptLog receipts,
            InDoubtRuns inDoubt,
            Predicate<UUID> inFlight,
            boolean insecureSecret) {
        super("The state of Enact could not be found out");
        this.gate = gate;
        this.receipts = receipts;
        this.inDoubt = inDoubt;
        this.inFlight = inFlight;
        this.insecureSecret = insecureSecret;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        GateFigures figures = this.gate.get();
        ReceiptLogState log = this.receipts.state();
        boolean recorded = log.healthy() && !figures.missing();
        builder.status((recorded && figures.policyProblem() == null) ? "UP" : "DOWN")
                .withDetail("mode", figures.mode())
                .withDetail("log", this.receipts.id())
                .withDetail("queue", log.queued());
        if (figures.unrecorded() > 0) {
            builder.withDetail("unrecorded", figures.unrecorded());
        }
        if (figures.failedOpen() > 0) {
            builder.withDetail("failed_open", figures.failedOpen());
        }
        if (!figures.failedPolicies().isEmpty()) {
            builder.withDetail("failed_policies", figures.failedPolicies());
        }
        if (figures.policyProblem() != null) {
            builder.withDetail("policy_problem", figures.policyProblem());
        }
        String problem = log.healthy() ? figures.problem() : log.lastError();
        if (problem != null) {
            builder.withDetail("last_problem", problem);
        }
        if (log.lastCopyError() != null) {
            builder.withDetail("last_copy_problem", log.lastCopyError());
        }
        CheckpointState checkpoints = log.checkpoints();
        if (checkpoints != null) {
            builder.withDetail("checkpoints", CheckpointDetails.of(checkpoints));
        }
        if (this.insecureSecret) {
            builder.withDetail("insecure_secret", true);
        }
        List<Receipt> inDoubt = this.inDoubt.find(this.inFlight);
        builder.withDetail("in_doubt", inDoubt.size());
        if (!inDoubt.isEmpty()) {
            builder.withDetail("in_doubt_since", inDoubt.get(0).timestamp().toString());
        }
    }
}
