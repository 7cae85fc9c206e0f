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
import java.util.Set;
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
        @Nullable List<Map<String, @Nullable Object>> actionsReversed) {

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
                null);
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
                actionsReversed);
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
        Actor enact = new Actor("enact", Set.of(), Map.of(), null, null, "configuration");
        return config(runId, actionId, timestamp, CONFIG, enact, payload, mode);
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
        return config(runId, actionId, timestamp, FREEZE, actor, payload, null);
    }

    private static ReceiptDraft config(
            RunId runId,
            UUID actionId,
            Instant timestamp,
            String action,
            Actor actor,
            Map<String, @Nullable Object> payload,
            @Nullable EnactMode mode) {
        return new ReceiptDraft(
                ReceiptKind.CONFIG,
                runId,
                actionId,
                null,
                timestamp,
                action,
                "enact",
                null,
                null,
                null,
                actor,
                payload,
                null,
                mode,
                null,
                null,
                List.of(),
                null,
                null);
    }

    /**
     * The receipt of removing undo data by its age, which is a run of its own.
     *
     * @param payload what goes
     */
    public static ReceiptDraft pruned(
            RunId runId, UUID actionId, Instant timestamp, Actor actor, Map<String, @Nullable Object> payload) {
        return pruned(PRUNE, runId, actionId, timestamp, actor, payload);
    }

    private static ReceiptDraft pruned(
            String action,
            RunId runId,
            UUID actionId,
            Instant timestamp,
            Actor actor,
            Map<String, @Nullable Object> payload) {
        return new ReceiptDraft(
                ReceiptKind.PRUNED,
                runId,
                actionId,
                null,
                timestamp,
                action,
                "enact",
                null,
                null,
                null,
                actor,
                payload,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    /** The receipt of removing the oldest entries of a log, which is a run of its own. */
    static ReceiptDraft prunedEntries(
            RunId runId, UUID actionId, Instant timestamp, Actor actor, Map<String, @Nullable Object> payload) {
        return pruned(PrunedEntries.ACTION, runId, actionId, timestamp, actor, payload);
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
                null);
    }
}
