package cloud.enact.receipt;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Receipts that differ in whatever can be looked for; public for the tests of stores. */
public final class VariedReceipts {

    /** A policy that objects to some of them. */
    public static final String POLICY = "db.protect-tables";

    private static final String OTHER_POLICY = "git.dont-push-to-main";

    private static final List<String> ACTIONS = List.of(
            "billing.refund", "billing.invoice.send", "billing", "billingx.refund", "crm.delete_customer", "crm.%_*");

    private static final List<String> ACTORS = List.of("maria@example.org", "jens@example.org", "o'neill");

    private VariedReceipts() {}

    /** Appends so many receipts; neighbours share a time. */
    public static List<Receipt> in(ReceiptLog log, int count) {
        List<Receipt> receipts = new ArrayList<>();
        List<RunId> runs = List.of(Drafts.run(), Drafts.run(), Drafts.run());
        for (int i = 0; i < count; i++) {
            receipts.add(log.append(draft(runs, i)));
        }
        return receipts;
    }

    private static ReceiptDraft draft(List<RunId> runs, int i) {
        if (i % 17 == 16) {
            return Drafts.rolledBack(runs.get(i % 3));
        }
        EnactMode mode = (i % 5 == 0) ? EnactMode.OBSERVE : EnactMode.ENFORCE;
        ActionRequest request = new ActionRequest(
                Drafts.id(),
                new Run(runs.get(i % 3), (i % 4 == 0) ? null : "workflow " + i % 4),
                null,
                ACTIONS.get(i % 7 % ACTIONS.size()),
                Map.of("id", (long) i),
                Actor.of(ACTORS.get(i % 3)),
                null,
                Reversibility.REVERSIBLE,
                Drafts.NOW.plusSeconds(i * 7L % 60));
        Decision decision = Decision.of(verdicts(i), mode, "sha256:" + "ab".repeat(32));
        return (i % 6 == 5)
                ? ReceiptDraft.completed(
                        request,
                        decision,
                        mode,
                        request.timestamp(),
                        Reversibility.REVERSIBLE,
                        Map.of("status", "SUCCEEDED"),
                        List.of())
                : ReceiptDraft.decided(request, decision, mode);
    }

    private static List<Verdict> verdicts(int i) {
        return switch (i % 8) {
            case 0 -> List.of(Verdict.block(POLICY, "no"), Verdict.pass(OTHER_POLICY, "fine"));
            case 1 -> List.of(Verdict.ask(POLICY, "really?"), Verdict.block(OTHER_POLICY, "no"));
            case 2 -> List.of(Verdict.block(POLICY, "no"), Verdict.block(POLICY, "still no"));
            default -> List.of(Verdict.pass(POLICY, "fine"), Verdict.abstain(OTHER_POLICY));
        };
    }

    /** Filters by one field, and by each two. */
    public static List<ReceiptFilter> filters(List<Receipt> receipts) {
        List<UnaryOperator<ReceiptFilter.Builder>> fields = List.of(
                filter -> filter.policy(POLICY),
                filter -> filter.policy("no.such"),
                filter -> filter.run(receipts.get(1).runId()),
                filter -> filter.rollbacksOf(originalRun(receipts)),
                filter -> filter.kind(ReceiptKind.COMPLETED),
                filter -> filter.action("billing.refund"),
                filter -> filter.actions("billing.*"),
                filter -> filter.actions("billing*"),
                filter -> filter.actions("crm.%_*"),
                filter -> filter.actions("*"),
                filter -> filter.actions("nothing.*"),
                filter -> filter.system("billing"),
                filter -> filter.workflow("workflow 2"),
                filter -> filter.actor("o'neill"),
                filter -> filter.decision("BLOCK"),
                filter -> filter.mode(EnactMode.OBSERVE),
                filter -> filter.since(Drafts.NOW.plusSeconds(20)),
                filter -> filter.until(Drafts.NOW.plusSeconds(20)));
        List<ReceiptFilter> filters = new ArrayList<>();
        for (UnaryOperator<ReceiptFilter.Builder> one : fields) {
            for (UnaryOperator<ReceiptFilter.Builder> other : fields) {
                filters.add(other.apply(one.apply(ReceiptFilter.builder())).build());
            }
        }
        return filters;
    }

    private static @Nullable RunId originalRun(List<Receipt> receipts) {
        return receipts.stream()
                .filter(receipt -> receipt.kind() == ReceiptKind.ROLLED_BACK)
                .findFirst()
                .orElseThrow()
                .originalRunId();
    }
}
