package cloud.enact.approval;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes requests as JSON-like values: what may be read by whoever sees the store, and what may be encrypted. */
final class ApprovalJson {

    private ApprovalJson() {}

    /** What says nothing about a person. */
    static Map<String, @Nullable Object> terms(ApprovalRequest request) {
        ApprovalTerms terms = request.terms();
        AskedCall asked = request.asked();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", request.id().toString());
        members.put("version", request.version());
        members.put("state", request.state().name());
        members.put("timestamp", request.timestamp().toString());
        members.put("call", terms.call());
        members.put("circumstances", terms.circumstances());
        members.put("expires_at", terms.expiresAt().toString());
        members.put("approvers", terms.approvers());
        members.put("groups", List.copyOf(new TreeSet<>(terms.groups())));
        members.put("run_id", asked.runId().toString());
        members.put("action_id", asked.actionId().toString());
        members.put("action", asked.action());
        members.put("reversibility", asked.reversibility().name());
        members.put("effect", (asked.effect() != null) ? effect(asked.effect()) : null);
        return members;
    }

    private static Map<String, @Nullable Object> effect(ActionEffect effect) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("tables", effect.tables());
        members.put("unmeasured", effect.unmeasured());
        return members;
    }

    /** What may be about a person. */
    static Map<String, @Nullable Object> content(ApprovalRequest request) {
        AskedCall asked = request.asked();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("requester", requester(asked.requester()));
        members.put("conversation", asked.conversation());
        members.put("payload", asked.payload());
        members.put("asks", asked.asks().stream().map(Verdict::asMap).toList());
        members.put("notes", request.notes());
        members.put("people", List.copyOf(new TreeSet<>(request.terms().people())));
        members.put(
                "answers", request.answers().stream().map(ApprovalJson::answer).toList());
        if (request.change() != null) {
            members.put("change", change(request.change()));
        }
        return members;
    }

    private static Map<String, @Nullable Object> change(ApprovalChange change) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", change.id().toString());
        members.put("since", change.since().toString());
        members.put("next", change.next().name());
        members.put("answer", (change.answer() != null) ? answer(change.answer()) : null);
        return members;
    }

    private static Map<String, @Nullable Object> requester(Actor actor) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", actor.id());
        members.put("roles", List.copyOf(actor.roles()));
        members.put("attributes", actor.attributes());
        members.put("agent", actor.agent());
        members.put("on_behalf_of", actor.onBehalfOf());
        members.put("source", actor.source());
        return members;
    }

    private static Map<String, @Nullable Object> answer(ApprovalAnswer answer) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("approved", answer.approved());
        members.put("approver", answer.approver());
        members.put("channel", answer.channel());
        members.put("reason", answer.reason());
        members.put("timestamp", answer.timestamp().toString());
        return members;
    }

    /** What whoever may answer may see: nothing that identifies the call to the gate. */
    static Map<String, @Nullable Object> shown(ApprovalRequest request) {
        AskedCall asked = request.asked();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("ticket", request.id().toString());
        members.put("state", request.state().name());
        members.put("timestamp", request.timestamp().toString());
        members.put("expires_at", request.terms().expiresAt().toString());
        members.put("run_id", asked.runId().toString());
        members.put("action", asked.action());
        members.put("requester", asked.requester().id());
        members.put("agent", asked.requester().agent());
        members.put("on_behalf_of", asked.requester().onBehalfOf());
        members.put("payload", asked.payload());
        members.put("policy_results", asked.asks().stream().map(Verdict::asMap).toList());
        members.put("effect", (asked.effect() != null) ? asked.effect().describe() : null);
        members.put("reversibility", asked.reversibility().name());
        members.put("approvers", request.terms().approvers());
        members.put("groups", List.copyOf(new TreeSet<>(request.terms().groups())));
        members.put(
                "answers", request.answers().stream().map(ApprovalJson::answer).toList());
        members.put("notes", request.notes());
        return members;
    }
}
