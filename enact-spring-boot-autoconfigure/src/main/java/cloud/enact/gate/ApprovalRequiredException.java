package cloud.enact.gate;

import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import java.util.Map;
import java.util.UUID;

/**
 * A call that a person has to approve first. Nothing was executed; the same call goes through once when it is repeated
 * after the approval. Safe to show to a model.
 */
public final class ApprovalRequiredException extends ActionBlockedException {

    private final UUID ticket;

    ApprovalRequiredException(String action, RunId runId, Decision decision, UUID ticket) {
        super(
                "Action '" + action + "' waits for a person to approve it (ticket " + ticket + "). "
                        + String.join(" ", decision.reasons()),
                action,
                runId,
                decision);
        this.ticket = ticket;
    }

    /** The request that people have been asked, for {@code ApprovalService}. */
    public UUID getTicket() {
        return this.ticket;
    }

    @Override
    public String toJson() {
        return json("The call was not executed and nothing was changed. A person has been asked. Repeat exactly this"
                + " call later, with the same arguments; until then go on with other things or tell the user to wait.");
    }

    @Override
    String toJson(String outer) {
        return json("Action '" + outer + "' was stopped at this part of it. Earlier parts may have been done and can"
                + " be rolled back. A person has been asked. Repeat exactly the call of '" + outer
                + "' later, with the same arguments.");
    }

    @Override
    void describe(Map<String, Object> refusal) {
        refusal.put("ticket", this.ticket.toString());
    }
}
