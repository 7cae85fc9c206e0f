package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a call in view of what people said.
 *
 * @param decision PASS with an approval, ASK while people think, BLOCK otherwise
 * @param request the request behind it, or {@code null} when nobody was asked
 * @param fresh whether nobody has been told of the request yet
 */
record Consent(Decision decision, @Nullable ApprovalRequest request, boolean fresh) {

    /** Member of receipts with what an approval is good for. */
    static final String BOUND_TO = "bound_to";

    /** A decision that nobody was asked about. */
    static Consent of(Decision decision) {
        return new Consent(decision, null, false);
    }

    boolean isApproved() {
        return this.request != null && this.decision.enforced() == Effect.PASS;
    }

    boolean isPending() {
        return this.request != null && this.decision.enforced() == Effect.ASK;
    }

    /** As receipts have it, or {@code null} when nobody was asked. */
    @Nullable
    Map<String, @Nullable Object> approval() {
        ApprovalRequest asked = this.request;
        if (asked == null) {
            return null;
        }
        Map<String, @Nullable Object> approval = new LinkedHashMap<>();
        approval.put("id", asked.id().toString());
        if (isApproved()) {
            approval.put(
                    "approvers", asked.answers().stream().map(Consent::describe).toList());
            approval.put(BOUND_TO, boundTo(asked));
        } else {
            approval.put("expires_at", asked.terms().expiresAt().toString());
        }
        return approval;
    }

    /** What an approval is good for, as receipts have it under {@link #BOUND_TO}. */
    static Map<String, String> boundTo(ApprovalRequest request) {
        return Map.of(
                "call", request.terms().call(),
                "circumstances", request.terms().circumstances());
    }

    private static Map<String, @Nullable Object> describe(ApprovalAnswer answer) {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("approver", answer.approver());
        description.put("channel", answer.channel());
        description.put("timestamp", answer.timestamp().toString());
        return description;
    }

    /** What the caller of a stopped call gets. */
    ActionBlockedException refusal(ActionRequest call) {
        ApprovalRequest asked = this.request;
        return (asked != null && isPending())
                ? new ApprovalRequiredException(call.action(), call.run().id(), this.decision, asked.id())
                : new ActionBlockedException(call.action(), call.run().id(), this.decision);
    }
}
