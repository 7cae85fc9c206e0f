package cloud.enact.receipt;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.undo.ActionStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt will say, before the log gives it its place and signs it.
 *
 * @param kind what it tells
 * @param runId the run
 * @param actionId the action
 * @param parentActionId the action it was made from, or {@code null}
 * @param timestamp when
 * @param action name of the action
 * @param system first part of the name
 * @param workflow name of the run, or {@code null}
 * @param resource what it is done to, or {@code null}
 * @param reversibility whether it can be taken back, or {@code null} where that says nothing
 * @param actor who
 * @param payload arguments, with {@code effect} where it was measured, not yet masked; or {@code null} for a receipt without. A {@code COMPLETED} does not repeat
 *     them, but masks what is secret in them wherever else it stands
 * @param decision word of the decision: {@code PASS}, {@code ASK}, {@code BLOCK}, {@code ROLLED_BACK}, {@code PARTIAL};
 *     or {@code null}
 * @param mode mode it was decided in, or {@code null}
 * @param verdicts every verdict with the policy set, or {@code null}
 * @param outcome what came of it, not yet masked: {@code status} and further fields; or {@code null}
 * @param actionsTaken steps, empty for none
 * @param originalRunId run that was rolled back, or {@code null}
 * @param actionsReversed what came of each step of a rollback, not yet masked; or {@code null}
 * @param approval what people were asked or said: ids, names and times; or {@code null}
 */
public record ReceiptDraft(
        ReceiptKind kind,
        RunId runId,
        UUID actionId,
        @Nullable UUID parentActionId,
        Instant timestamp,
        String action,
        String system,
        @Nullable String workflow,
        @Nullable ResourceRef resource,
        @Nullable Reversibility reversibility,
        Actor actor,
        @Nullable Map<String, @Nullable Object> payload,
        @Nullable String decision,
        @Nullable EnactMode mode,
        @Nullable Decision verdicts,
        @Nullable Map<String, @Nullable Object> outcome,
        List<ActionStep> actionsTaken,
        @Nullable RunId originalRunId,
        @Nullable List<Map<String, @Nullable Object>> actionsReversed,
        @Nullable Map<String, @Nullable Object> approval) {

    /** Key of the outcome's one word, such as {@code SUCCEEDED}; everything else in an outcome is detail. */
    public static final String STATUS = "status";

    /** Name of the action of a rollback. */
    public static final String ROLLBACK = "enact.rollback";

    /** Name of the action of a change of the configuration. */
    public static final String CONFIG = "enact.config";

    /** Name of the action of freezing changes and of lifting that. */
    public static final String FREEZE = "enact.freeze";

    /** Name of the action of removing what is old. */
    public static final String PRUNE = "enact.prune";

    /** The receipt of a decision. */
    public static ReceiptDraft decided(ActionRequest request, Decision decision, EnactMode mode) {
        return decided(request, decision, mode, null);
    }

    /**
     * The receipt of a decision.
     *
     * @param approval what people were asked or said about it, or {@code null}
     */
    public static ReceiptDraft decided(
            ActionRequest request,
            Decision decision,
            EnactMode mode,
            @Nullable Map<String, @Nullable Object> approval) {
        return new ReceiptDraft(
                ReceiptKind.DECIDED,
                request.run().id(),
                request.actionId(),
                request.parentActionId(),
                request.timestamp(),
                request.action(),
                request.system(),
                request.run().name(),
                request.resource(),
                request.reversibility(),
                request.actor(),
                payload(request),
                decision.effect().name(),
                mode,
                decision,
                null,
                List.of(),
                null,
                null,
                approval);
    }

    /** The arguments, and what they come to where that was measured. */
    private static Map<String, @Nullable Object> payload(ActionRequest request) {
        ActionEffect effect = request.effect();
        if (effect == null) {
            return request.args();
        }
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(request.args());
        payload.put("effect", effect.describe());
        return payload;
    }

    /**
     * A receipt of a rollback, which is a run of its own.
     *
     * @param kind {@code ROLLBACK_STARTED} or {@code ROLLED_BACK}
     * @param runId the rollback's own run
     * @param actionId the rollback's action
     * @param originalRunId the run that is undone
     * @param timestamp when
     * @param actor who asked for it
     * @param payload what was asked for
     * @param result what came of it, or {@code null} when it starts
     * @param outcome what to tell of the result, or {@code null} when it starts
     * @param actionsReversed what came of each step, or {@code null} when it starts
     */
    public static ReceiptDraft rollback(
            ReceiptKind kind,
            RunId runId,
            UUID actionId,
            RunId originalRunId,
            Instant timestamp,
            Actor actor,
            Map<String, @Nullable Object> payload,
            @Nullable String result,
            @Nullable Map<String, @Nullable Object> outcome,
            @Nullable List<Map<String, @Nullable Object>> actionsReversed) {
        return new ReceiptDraft(
                kind,
                runId,
                actionId,
                null,
                timestamp,
                ROLLBACK,
                "enact",
                null,
                null,
                null,
                actor,
                payload,
                result,
                null,
                null,
                outcome,
                List.of(),
                originalRunId,
                actionsReversed,
                null);
    }

    /**
     * The receipt of a change of the configuration, which is a run of its own.
     *
     * @param runId its run
     * @param actionId its action
     * @param timestamp when
     * @param payload what is configured now
     * @param mode mode that is configured now
     */
    public static ReceiptDraft config(
            RunId runId, UUID actionId, Instant timestamp, Map<String, @Nullable Object> payload, EnactMode mode) {
        return of(ReceiptKind.CONFIG, runId, actionId, timestamp, CONFIG, Actor.enact(), payload, mode, null, null);
    }

    /**
     * The receipt of freezing changes or of lifting that, which is a run of its own.
     *
     * @param runId its run
     * @param actionId its action
     * @param timestamp when
     * @param actor who wanted that
     * @param payload what holds now
     */
    static ReceiptDraft freeze(
            RunId runId, UUID actionId, Instant timestamp, Actor actor, Map<String, @Nullable Object> payload) {
        return of(ReceiptKind.CONFIG, runId, actionId, timestamp, FREEZE, actor, payload, null, null, null);
    }

    /** A receipt that stands for no call, with what there is to say. */
    static ReceiptDraft of(
            ReceiptKind kind,
            RunId runId,
            UUID actionId,
            Instant timestamp,
            String action,
            Actor actor,
            @Nullable Map<String, @Nullable Object> payload,
            @Nullable EnactMode mode,
            @Nullable Map<String, @Nullable Object> outcome,
            @Nullable Map<String, @Nullable Object> approval) {
        String system = ActionRequest.systemOf(action);
        return new ReceiptDraft(
                kind, runId, actionId, null, timestamp, action, system, null, null, null, actor, payload, null, mode,
                null, outcome, List.of(), null, null, approval);
    }

    /**
     * The receipt of asking people about an action, or of what came of it.
     *
     * @param outcome what they said, or {@code null} when they are asked
     * @param approval what they are asked, and who said what when
     */
    public static ReceiptDraft approval(
            ReceiptKind kind,
            RunId runId,
            UUID actionId,
            Instant timestamp,
            String action,
            Actor actor,
            @Nullable Map<String, @Nullable Object> outcome,
            Map<String, @Nullable Object> approval) {
        return of(kind, runId, actionId, timestamp, action, actor, null, null, outcome, approval);
    }

    /**
     * The receipt of removing undo data by its age, which is a run of its own.
     *
     * @param payload what goes
     */
    public static ReceiptDraft pruned(
            RunId runId, UUID actionId, Instant timestamp, Actor actor, Map<String, @Nullable Object> payload) {
        return of(ReceiptKind.PRUNED, runId, actionId, timestamp, PRUNE, actor, payload, null, null, null);
    }

    /** The receipt of removing the oldest entries of a log, which is a run of its own. */
    static ReceiptDraft prunedEntries(
            RunId runId, UUID actionId, Instant timestamp, Actor actor, Map<String, @Nullable Object> payload) {
        return of(
                ReceiptKind.PRUNED, runId, actionId, timestamp, PrunedEntries.ACTION, actor, payload, null, null, null);
    }

    /** The receipt of an outcome. */
    public static ReceiptDraft completed(
            ActionRequest request,
            Decision decision,
            EnactMode mode,
            Instant timestamp,
            Reversibility reversibility,
            Map<String, @Nullable Object> outcome,
            List<ActionStep> actionsTaken) {
        return new ReceiptDraft(
                ReceiptKind.COMPLETED,
                request.run().id(),
                request.actionId(),
                request.parentActionId(),
                timestamp,
                request.action(),
                request.system(),
                request.run().name(),
                request.resource(),
                reversibility,
                request.actor(),
                request.args(),
                decision.effect().name(),
                mode,
                null,
                outcome,
                List.copyOf(actionsTaken),
                null,
                null,
                null);
    }
}
