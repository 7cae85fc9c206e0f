package cloud.enact.bench.receipts;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is asked of a store that {@link MadeUpReceipts} filled: each filter, common and rare, and some together. */
final class MeasuredFilters {

    private MeasuredFilters() {}

    static Map<String, ReceiptFilter> of(ReceiptStore store) {
        RunId run = store.query(ReceiptFilter.all(), null, 1).receipts().get(0).runId();
        // a small store may have none
        RunId rolledBack = store.newest(ReceiptFilter.ofKind(ReceiptKind.ROLLED_BACK))
                .map(Receipt::originalRunId)
                .orElse(run);
        Map<String, ReceiptFilter> filters = new LinkedHashMap<>();
        filters.put("everything", ReceiptFilter.all());
        filters.put("run", ReceiptFilter.ofRun(run));
        filters.put("rollbacks of a run", ReceiptFilter.rollbacksOf(rolledBack));
        filters.put("kind ROLLED_BACK", ReceiptFilter.ofKind(ReceiptKind.ROLLED_BACK));
        filters.put("kind DECIDED", ReceiptFilter.ofKind(ReceiptKind.DECIDED));
        filters.put("action, common", ReceiptFilter.ofAction("crm.read_invoice"));
        filters.put("action, unknown", ReceiptFilter.ofAction("no.such"));
        filters.put(
                "actions billing.*",
                ReceiptFilter.builder().actions("billing.*").build());
        filters.put("actions b*", ReceiptFilter.builder().actions("b*").build());
        filters.put("system, rare", ReceiptFilter.builder().system("hr").build());
        filters.put(
                "workflow, rare",
                ReceiptFilter.builder().workflow("workflow-24").build());
        filters.put(
                "actor, common",
                ReceiptFilter.builder().actor("agent-0@example.org").build());
        filters.put(
                "actor, rare",
                ReceiptFilter.builder().actor("agent-399@example.org").build());
        filters.put("decision BLOCK", ReceiptFilter.builder().decision("BLOCK").build());
        filters.put(
                "mode observe", ReceiptFilter.builder().mode(EnactMode.OBSERVE).build());
        filters.put(
                "policy, common",
                ReceiptFilter.builder().policy("db.protect-tables").build());
        filters.put(
                "policy, rare",
                ReceiptFilter.builder().policy("time.business-hours").build());
        filters.put(
                "policy and actor",
                ReceiptFilter.builder()
                        .policy("db.protect-tables")
                        .actor("agent-3@example.org")
                        .build());
        filters.put(
                "observe and BLOCK",
                ReceiptFilter.builder()
                        .mode(EnactMode.OBSERVE)
                        .decision("BLOCK")
                        .build());
        filters.put(
                "actor, system, PASS",
                ReceiptFilter.builder()
                        .actor("agent-0@example.org")
                        .system("crm")
                        .decision("PASS")
                        .build());
        filters.put(
                "BLOCK by nobody (common fields, never together)",
                ReceiptFilter.builder()
                        .decision("PASS")
                        .policy("db.protect-tables")
                        .mode(EnactMode.ENFORCE)
                        .build());
        filters.put(
                "COMPLETED of a policy that objected (never)",
                ReceiptFilter.builder()
                        .kind(ReceiptKind.COMPLETED)
                        .system("crm")
                        .policy("db.protect-tables")
                        .build());
        filters.put(
                "actions *.read by prefix, system, PASS",
                ReceiptFilter.builder()
                        .actions("crm.*")
                        .system("crm")
                        .decision("PASS")
                        .build());
        filters.put(
                "rare actor, since the middle",
                ReceiptFilter.builder()
                        .actor("agent-399@example.org")
                        .since(middle(store))
                        .build());
        return filters;
    }

    private static Instant middle(ReceiptStore store) {
        Instant newest =
                store.query(ReceiptFilter.all(), null, 1).receipts().get(0).timestamp();
        return MadeUpReceipts.START.plusMillis(
                Duration.between(MadeUpReceipts.START, newest).toMillis() / 2);
    }
}
