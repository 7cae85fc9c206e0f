package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.ActionStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a draft stays readable in a receipt that is encrypted. */
final class SealedDraft {

    /** Words of Enact's own, which a rollback and policies that look back go by. */
    private static final Set<String> OPEN_OUTCOME =
            Set.of(ReceiptDraft.STATUS, "transaction", "resolution", "decided_in", "finding");

    /** What a rollback needs to know of an earlier one. */
    private static final Set<String> OPEN_RESTORATION = Set.of(
            "position",
            "action",
            "restoration",
            "verified",
            "restored_by",
            "undo_digest",
            "intent",
            "note_position",
            "redo_position",
            "redo_digest");

    private SealedDraft() {}

    static ReceiptDraft readable(ReceiptDraft draft) {
        return new ReceiptDraft(
                draft.kind(),
                draft.runId(),
                draft.actionId(),
                draft.parentActionId(),
                draft.timestamp(),
                draft.action(),
                draft.system(),
                draft.workflow(),
                draft.resource(),
                draft.reversibility(),
                readable(draft.actor()),
                null,
                draft.decision(),
                draft.mode(),
                readable(draft.verdicts()),
                outcome(draft.outcome()),
                draft.actionsTaken().stream().map(SealedDraft::readable).toList(),
                draft.originalRunId(),
                reversed(draft.actionsReversed()),
                draft.approval());
    }

    private static Actor readable(Actor actor) {
        return actor.attributes().isEmpty()
                ? actor
                : new Actor(
                        actor.id(),
                        actor.roles(),
                        SealedContent.OBJECT,
                        actor.agent(),
                        actor.onBehalfOf(),
                        actor.source());
    }

    private static @Nullable Decision readable(@Nullable Decision decision) {
        if (decision == null) {
            return null;
        }
        List<Verdict> verdicts = decision.verdicts().stream()
                .map(verdict -> verdict.reason().isEmpty()
                        ? verdict
                        : new Verdict(verdict.policy(), verdict.effect(), SealedContent.TEXT, verdict.mode()))
                .toList();
        return new Decision(
                decision.effect(), decision.enforced(), verdicts, decision.policySet(), decision.lookedBack());
    }

    private static @Nullable Map<String, @Nullable Object> outcome(@Nullable Map<String, @Nullable Object> outcome) {
        if (outcome == null || OPEN_OUTCOME.containsAll(outcome.keySet())) {
            return outcome;
        }
        Map<String, @Nullable Object> readable = new LinkedHashMap<>(outcome);
        readable.keySet().retainAll(OPEN_OUTCOME);
        readable.putAll(SealedContent.OBJECT);
        return readable;
    }

    private static ActionStep readable(ActionStep step) {
        return new ActionStep(
                step.action(),
                step.success(),
                step.output().isEmpty() ? step.output() : SealedContent.OBJECT,
                (step.alreadyDone() != null) ? SealedContent.TEXT : null,
                step.reversibility(),
                step.position(),
                step.undoDigest());
    }

    private static @Nullable List<Map<String, @Nullable Object>> reversed(
            @Nullable List<Map<String, @Nullable Object>> restorations) {
        return (restorations != null)
                ? restorations.stream().map(SealedDraft::readable).toList()
                : null;
    }

    private static Map<String, @Nullable Object> readable(Map<String, @Nullable Object> restoration) {
        Map<String, @Nullable Object> readable = new LinkedHashMap<>(restoration);
        readable.replaceAll((name, value) -> {
            if (OPEN_RESTORATION.contains(name) || value == null) {
                return value;
            }
            return (value instanceof Map) ? SealedContent.OBJECT : SealedContent.TEXT;
        });
        return readable;
    }
}
