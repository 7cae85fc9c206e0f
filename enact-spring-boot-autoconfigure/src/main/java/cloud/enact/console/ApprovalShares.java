package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often people approve what each policy asks them: a policy whose requests are always approved tires them.
 * Thread-safe.
 */
final class ApprovalShares {

    /** Requests that are counted: a bounded look, however many there are. */
    static final int WINDOW = 500;

    /** Answers that are looked at for them. */
    private static final int ANSWERS = 1000;

    private final ConsoleSources sources;

    private final ReceiptRows rows;

    ApprovalShares(ConsoleSources sources) {
        this.sources = sources;
        this.rows = new ReceiptRows(sources);
    }

    /**
     * What came of the requests of a policy.
     *
     * @param approved how many were approved
     * @param ended how many were approved or denied, or expired
     */
    record Share(long approved, long ended) {

        private static final long SURE = 10;

        /** Whether nobody ever said anything else, often enough to tell. */
        boolean isAlwaysApproved() {
            return this.ended >= SURE && this.approved == this.ended;
        }

        String text() {
            return this.approved + " of " + this.ended;
        }
    }

    /** A request, and what people said so far. */
    private static final class Asked {

        private final List<?> policies;

        private final long needed;

        private long approvals;

        private boolean refused;

        private Asked(List<?> policies, long needed) {
            this.policies = policies;
            this.needed = needed;
        }

        private void count(String status) {
            switch (status) {
                case "APPROVED" -> this.approvals++;
                case "DENIED", "EXPIRED" -> this.refused = true;
                // what was void before anybody answered says nothing about people
                default -> {}
            }
        }

        private boolean hasEnded() {
            return this.refused || this.approvals >= this.needed;
        }
    }

    /** The shares by policy. */
    Map<String, Share> byPolicy() {
        Map<String, Asked> requests = new LinkedHashMap<>();
        for (Receipt receipt : newest(ReceiptKind.APPROVAL_REQUESTED, WINDOW)) {
            Map<?, ?> approval = approval(this.rows.fields(receipt));
            if (approval.get("id") instanceof String id && approval.get("policies") instanceof List<?> policies) {
                long needed = (approval.get("approvers_needed") instanceof Number number) ? number.longValue() : 1;
                requests.put(id, new Asked(policies, Math.max(1, needed)));
            }
        }
        if (!requests.isEmpty()) {
            // what is taken back stands behind it, and so comes first here
            Set<Object> takenBack = new HashSet<>();
            for (Receipt receipt : newest(ReceiptKind.APPROVAL_ANSWERED, ANSWERS)) {
                Map<String, @Nullable Object> fields = this.rows.fields(receipt);
                Map<?, ?> approval = approval(fields);
                String status = String.valueOf(fields.get("outcome"));
                Object change = approval.get("change");
                if (change != null && status.equals("OVERTAKEN")) {
                    takenBack.add(change);
                }
                Asked request = requests.get(String.valueOf(approval.get("id")));
                if (request != null && (change == null || !takenBack.contains(change))) {
                    request.count(status);
                }
            }
        }
        Map<String, Share> shares = new HashMap<>();
        requests.values().stream()
                .filter(Asked::hasEnded)
                .forEach(request -> request.policies.forEach(
                        policy -> shares.merge(String.valueOf(policy), one(request), ApprovalShares::sum)));
        return shares;
    }

    private List<Receipt> newest(ReceiptKind kind, int limit) {
        return this.sources
                .store()
                .query(ReceiptFilter.ofKind(kind), null, limit)
                .receipts();
    }

    private static Map<?, ?> approval(Map<String, @Nullable Object> fields) {
        return (fields.get("approval") instanceof Map<?, ?> approval) ? approval : Map.of();
    }

    private static Share one(Asked request) {
        return new Share(request.refused ? 0 : 1, 1);
    }

    private static Share sum(Share one, Share other) {
        return new Share(one.approved() + other.approved(), one.ended() + other.ended());
    }
}
