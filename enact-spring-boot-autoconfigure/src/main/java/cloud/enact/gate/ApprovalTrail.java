package cloud.enact.gate;

import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VerificationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What receipts say of requests: they stand in the run in which people were asked. Thread-safe. */
final class ApprovalTrail {

    /** Member of receipts that names what became of a request. */
    static final String CHANGE = "change";

    /** That what was named does not count after all. */
    static final String OVERTAKEN = "OVERTAKEN";

    private static final Set<String> ENDS = Stream.of(ApprovalState.values())
            .filter(ApprovalState::isFinal)
            .map(ApprovalState::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final int PAGE = 200;

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    ApprovalTrail(ReceiptStore store, ReceiptKeys keys) {
        this.store = store;
        this.verifier = new ReceiptVerifier(store, keys);
    }

    /**
     * What one receipt says.
     *
     * @param change names what became of the request, or {@code null}
     * @param genuine whether its signature fits
     */
    private record Said(@Nullable String change, String status, boolean genuine) {

        /** Whether it takes another one back. Only who has a key can do that. */
        boolean takesBack(@Nullable String other) {
            return this.genuine && OVERTAKEN.equals(this.status) && this.change != null && this.change.equals(other);
        }
    }

    /** Whether a change is there, signed, and was not overtaken. */
    boolean holds(ApprovalRequest request, String change) {
        List<Said> said = said(request);
        return said.stream().anyMatch(each -> each.genuine() && change.equals(each.change()))
                && said.stream().noneMatch(each -> each.takesBack(change));
    }

    /** Whether the request has ended. A forged receipt may say so, too: it can only keep a call from running. */
    boolean isOver(ApprovalRequest request) {
        List<Said> said = said(request);
        return said.stream()
                .filter(each -> ENDS.contains(each.status()))
                .anyMatch(end -> said.stream().noneMatch(each -> each.takesBack(end.change())));
    }

    private List<Said> said(ApprovalRequest request) {
        ReceiptFilter filter = ReceiptFilter.builder()
                .run(request.asked().runId())
                .kind(ReceiptKind.APPROVAL_ANSWERED)
                .build();
        List<Said> said = new ArrayList<>();
        for (Receipt receipt : this.store.all(filter, PAGE)) {
            if (receipt.damage() == null
                    && receipt.actionId().equals(request.asked().actionId())) {
                said(receipt, request.id().toString()).ifPresent(said::add);
            }
        }
        return said;
    }

    private Optional<Said> said(Receipt receipt, String ticket) {
        Map<String, @Nullable Object> fields = receipt.fields();
        if (!(fields.get("approval") instanceof Map<?, ?> approval) || !ticket.equals(approval.get("id"))) {
            return Optional.empty();
        }
        Object change = approval.get(CHANGE);
        return Optional.of(new Said(
                (change != null) ? change.toString() : null,
                String.valueOf(fields.get("outcome")),
                this.verifier.verify(receipt) == VerificationState.VALID));
    }
}
