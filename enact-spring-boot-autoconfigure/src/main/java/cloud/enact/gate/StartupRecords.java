package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetReplaced;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** What the record needs of an application: that mode or policies changed, and which runs a crash left in doubt. */
final class StartupRecords implements ApplicationListener<PayloadApplicationEvent<PolicySetReplaced>> {

    private static final Log logger = LogFactory.getLog(StartupRecords.class);

    private static final int NAMED_AT_MOST = 5;

    private final ReceiptLog receipts;

    private final ReceiptStore store;

    private final PolicySet policies;

    private final EnactMode mode;

    private final IdGenerator ids;

    private final Clock clock;

    StartupRecords(
            ReceiptLog receipts, ReceiptStore store, PolicySet policies, EnactMode mode, IdGenerator ids, Clock clock) {
        this.receipts = receipts;
        this.store = store;
        this.policies = policies;
        this.mode = mode;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<PolicySetReplaced> event) {
        recordConfiguration();
    }

    /** Writes a CONFIG receipt when mode or policy set are not those of the newest one. */
    void recordConfiguration() {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("mode", this.mode.name().toLowerCase(Locale.ROOT));
        payload.put("policy_set", this.policies.policySet());
        ReceiptFilter configured = ReceiptFilter.builder()
                .kind(ReceiptKind.CONFIG)
                .action(ReceiptDraft.CONFIG)
                .build();
        if (this.store
                .newest(configured)
                .filter(receipt -> receipt.damage() == null
                        && payload.equals(receipt.fields().get("payload")))
                .isPresent()) {
            return;
        }
        this.receipts.append(ReceiptDraft.config(
                new RunId(this.ids.next()), this.ids.next(), this.clock.instant(), payload, this.mode));
    }

    /** Warns of the runs whose outcome nobody knows. */
    void reportInDoubt() {
        List<Receipt> inDoubt = new InDoubtRuns(this.store, this.receipts.id()).find(actionId -> false);
        if (inDoubt.isEmpty()) {
            return;
        }
        Set<String> runs =
                inDoubt.stream().map(receipt -> receipt.runId().toString()).collect(Collectors.toSet());
        logger.warn(runs.size() + ((runs.size() == 1) ? " run is" : " runs are")
                + " in doubt: an action was let through and its outcome was not recorded. Look at "
                + runs.stream().sorted().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
                + ((runs.size() > NAMED_AT_MOST) ? ", …" : "")
                + "; rolling such a run back finds out by looking");
    }
}
