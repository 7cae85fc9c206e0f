package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalChange;
import cloud.enact.approval.ApprovalRecord;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts on record whom policies made Enact ask, and what people said. What can't be put on record does not count. */
final class ApprovalReceipts implements ApprovalRecord {

    private static final FailureLog failures = new FailureLog(ApprovalReceipts.class);

    private final ReceiptLog receipts;

    private final ApprovalTrail trail;

    private final Clock clock;

    ApprovalReceipts(ReceiptLog receipts, ApprovalTrail trail, Clock clock) {
        this.receipts = receipts;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void requested(ApprovalRequest request) {
        Map<String, @Nullable Object> approval = approval(request);
        approval.put("expires_at", request.terms().expiresAt().toString());
        approval.put("approvers_needed", request.terms().approvers());
        approval.put("groups", List.copyOf(new TreeSet<>(request.terms().groups())));
        approval.put(
                "policies",
                request.asked().asks().stream().map(Verdict::policy).distinct().toList());
        append(ReceiptKind.APPROVAL_REQUESTED, request, request.asked().requester(), null, approval);
    }

    @Override
    public void changed(ApprovalRequest request, ApprovalChange change) {
        ApprovalAnswer answer = change.answer();
        append(request, change, (answer == null) ? change.next().name() : answer.approved() ? "APPROVED" : "DENIED");
    }

    @Override
    public void overtaken(ApprovalRequest request, ApprovalChange change) {
        try {
            append(request, change, ApprovalTrail.OVERTAKEN);
        } catch (RuntimeException ex) {
            failures.error("That an answer to request " + request.id() + " came too late could not be recorded", ex);
        }
    }

    @Override
    public void used(ApprovalRequest request) {
        append(request, Actor.enact(), status(ApprovalState.USED.name(), null), approval(request));
    }

    /** What became of a request, by whoever answered or by itself. */
    private void append(ApprovalRequest request, ApprovalChange change, String status) {
        ApprovalAnswer answer = change.answer();
        Map<String, @Nullable Object> approval = approval(request, change);
        if (answer == null) {
            append(request, Actor.enact(), status(status, null), approval);
            return;
        }
        approval.put("approver", answer.approver());
        approval.put("channel", answer.channel());
        approval.put("timestamp", answer.timestamp().toString());
        Actor approver = new Actor(answer.approver(), Set.of(), Map.of(), null, null, answer.channel());
        append(request, approver, status(status, answer.reason()), approval);
    }

    @Override
    public boolean holds(ApprovalRequest request, ApprovalChange change) {
        return this.trail.holds(request, change.id().toString());
    }

    @Override
    public boolean isOver(ApprovalRequest request) {
        return this.trail.isOver(request);
    }

    private static Map<String, @Nullable Object> status(String status, @Nullable String reason) {
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put(ReceiptDraft.STATUS, status);
        if (reason != null) {
            outcome.put("reason", reason);
        }
        return outcome;
    }

    private static Map<String, @Nullable Object> approval(ApprovalRequest request) {
        Map<String, @Nullable Object> approval = new LinkedHashMap<>();
        approval.put("id", request.id().toString());
        approval.put(Consent.BOUND_TO, Consent.boundTo(request));
        if (!request.notes().isEmpty()) {
            approval.put("notes", request.notes());
        }
        return approval;
    }

    private static Map<String, @Nullable Object> approval(ApprovalRequest request, ApprovalChange change) {
        Map<String, @Nullable Object> approval = approval(request);
        approval.put(ApprovalTrail.CHANGE, change.id().toString());
        return approval;
    }

    private void append(
            ApprovalRequest request,
            Actor actor,
            Map<String, @Nullable Object> outcome,
            Map<String, @Nullable Object> approval) {
        append(ReceiptKind.APPROVAL_ANSWERED, request, actor, outcome, approval);
    }

    private void append(
            ReceiptKind kind,
            ApprovalRequest request,
            Actor actor,
            @Nullable Map<String, @Nullable Object> outcome,
            Map<String, @Nullable Object> approval) {
        this.receipts.append(ReceiptDraft.approval(
                kind,
                request.asked().runId(),
                request.asked().actionId(),
                this.clock.instant(),
                request.asked().action(),
                actor,
                outcome,
                approval));
    }
}
