package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.undo.ActionStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns drafts into canonical, masked bytes that lack only their place in the log and their signature, so that the
 * appender has little left to do. Members are written in the order of RFC 8785. Thread-safe.
 */
final class ReceiptWriter {

    private static final int TYPICAL_DECISION = 3072;

    private static final int TYPICAL = 1024;

    private final String log;

    private final ReceiptSigner signer;

    private final Masking masking;

    private final PayloadDigests payloadDigests;

    private final VerdictJson verdicts;

    ReceiptWriter(String log, ReceiptSigner signer, Masking masking) {
        this.log = ReceiptReader.requireLog(log);
        this.signer = signer;
        this.masking = masking;
        this.payloadDigests = new PayloadDigests(signer);
        this.verdicts = new VerdictJson(masking);
        KeyId.require(signer.kid());
        ReceiptFieldReader.requireAlgorithm(signer.alg());
    }

    /**
     * Writes a draft.
     *
     * @throws IllegalArgumentException when the id of an action is not a version 7 UUID
     */
    UnsignedReceipt write(ReceiptDraft draft) {
        if (isKeyChange(draft)) {
            throw new IllegalArgumentException("Only the log itself records that its key changed");
        }
        MaskedValues known = new MaskedValues(this.masking);
        if (draft.kind() == ReceiptKind.COMPLETED && saysMore(draft)) {
            known.collect(draft.payload());
        }
        int before = known.size();
        UnsignedReceipt written = write(draft, known);
        // names are sorted, so an echo may stand before what it repeats
        return (known.size() > before) ? write(draft, known) : written;
    }

    /** Writes what the log says of its own keys: ids, public keys and signatures, so nothing of it is masked. */
    UnsignedReceipt writeKeyChange(ReceiptDraft draft) {
        return write(draft, new MaskedValues(this.masking));
    }

    private static boolean isKeyChange(ReceiptDraft draft) {
        return draft.kind() == ReceiptKind.KEY && draft.action().equals(KeyChange.ACTION);
    }

    /** Whether there is anything that could repeat an argument. */
    private static boolean saysMore(ReceiptDraft draft) {
        return !draft.actionsTaken().isEmpty()
                || draft.resource() != null
                || draft.outcome() != null && draft.outcome().size() > 1;
    }

    private UnsignedReceipt write(ReceiptDraft draft, MaskedValues known) {
        JsonBytes out = new JsonBytes((draft.verdicts() != null) ? TYPICAL_DECISION : TYPICAL);
        PayloadDigests.OfReceipt digests = this.payloadDigests.begin();
        MaskedJson masked = new MaskedJson(this.masking, out, digests, known);
        // what stands behind the salt and may need it is prepared before
        String resource = resource(draft.resource(), digests, known);
        List<byte[]> verdicts = this.verdicts.of(draft.verdicts(), digests, known);
        String action = masked(draft.action());
        String actor = masked(draft.actor().id());
        String decision = (draft.decision() != null) ? plain(draft.decision()) : null;

        out.raw("{\"action\":").string(action);
        out.raw(",\"action_id\":\"").raw(id(draft.actionId())).raw('"');
        if (draft.actionsReversed() != null) {
            new ReversedJson(this.masking, out, masked).write(draft.actionsReversed());
        }
        steps(out, masked, draft.actionsTaken(), known);
        actor(out, draft.actor(), actor, digests);
        out.raw(",\"alg\":\"").raw(this.signer.alg()).raw('"');
        optional(out, ",\"decision\":", decision);
        out.raw(",\"kid\":\"").raw(this.signer.kid());
        out.raw("\",\"kind\":\"").raw(draft.kind().name());
        out.raw("\",\"log\":\"").raw(this.log).raw('"');
        if (draft.mode() != null) {
            out.raw(",\"mode\":").raw(word(draft.mode()));
        }
        if (draft.originalRunId() != null) {
            out.raw(",\"original_run_id\":\"")
                    .raw(draft.originalRunId().toString())
                    .raw('"');
        }
        outcome(out, masked, draft.outcome());
        if (draft.parentActionId() != null) {
            out.raw(",\"parent_action_id\":\"").raw(id(draft.parentActionId())).raw('"');
        }
        if (isKeyChange(draft)) {
            CanonicalJson.write(out.raw(",\"payload\":"), draft.payload());
        } else {
            payload(out, masked, digests, (draft.kind() != ReceiptKind.COMPLETED) ? draft.payload() : null);
        }
        verdicts(out, draft.verdicts(), verdicts);
        int prevAt = out.length();
        if (draft.resource() != null) {
            out.raw(",\"resource\":{\"id\":").string(resource);
            out.raw(",\"type\":").string(plain(draft.resource().type())).raw('}');
        }
        if (draft.reversibility() != null) {
            out.raw(",\"reversibility\":\"").raw(draft.reversibility().name()).raw('"');
        }
        out.raw(",\"run_id\":\"").raw(draft.runId().toString()).raw('"');
        int seqAt = out.length();
        String system = masked(draft.system());
        String workflow = (draft.workflow() != null) ? masked(draft.workflow()) : null;
        out.raw(",\"system\":").string(system);
        out.raw(",\"timestamp\":\"").raw(Timestamps.format(draft.timestamp())).raw("\",\"v\":1");
        optional(out, ",\"workflow\":", workflow);
        out.raw('}');
        return new UnsignedReceipt(
                out,
                prevAt,
                seqAt,
                this.log,
                draft.kind(),
                draft.runId(),
                draft.actionId(),
                Timestamps.normal(draft.timestamp()),
                action,
                actor,
                decision,
                draft.mode(),
                draft.originalRunId(),
                system,
                workflow,
                this.verdicts.objectors(draft.verdicts()));
    }

    /** The outcome's one word, and beside it whatever else is known of it. */
    private void outcome(JsonBytes out, MaskedJson masked, @Nullable Map<String, @Nullable Object> outcome) {
        if (outcome == null) {
            return;
        }
        out.raw(",\"outcome\":").string(plain(String.valueOf(outcome.get(ReceiptDraft.STATUS))));
        Map<String, @Nullable Object> detail = new LinkedHashMap<>(outcome);
        detail.remove(ReceiptDraft.STATUS);
        if (!detail.isEmpty()) {
            masked.block(detail, this.masking.limits().block(), ",\"outcome_detail\":");
        }
    }

    private String plain(String text) {
        return this.masking.plain(text);
    }

    /** Names are chosen by callers and models, and may hold a credential as any text may. */
    private String masked(String text) {
        return this.masking.mask(CanonicalJson.repair(text));
    }

    /** Text that may repeat an argument. */
    private String echoed(String text, MaskedValues known) {
        return this.masking.mask(CanonicalJson.repair(text), null, known);
    }

    private static String id(UUID id) {
        if (id.version() != 7 || id.variant() != 2) {
            throw new IllegalArgumentException("The id of an action must be a version 7 UUID; use IdGenerator");
        }
        return id.toString();
    }

    static String word(EnactMode mode) {
        return switch (mode) {
            case ENFORCE -> "\"enforce\"";
            case OBSERVE -> "\"observe\"";
        };
    }

    private static void optional(JsonBytes out, String name, @Nullable String value) {
        if (value != null) {
            out.raw(name).string(value);
        }
    }

    private String resource(@Nullable ResourceRef resource, PayloadDigests.OfReceipt digests, MaskedValues known) {
        return (resource != null) ? this.masking.mask(resource.id(), digests, known) : "";
    }

    private void payload(
            JsonBytes out,
            MaskedJson masked,
            PayloadDigests.OfReceipt digests,
            @Nullable Map<String, @Nullable Object> payload) {
        if (payload != null) {
            int length = masked.block(payload, this.masking.limits().block(), ",\"payload\":");
            String digest;
            if (masked.faithful()) {
                // these bytes are the unmasked ones: no need to write them twice
                digest = digests.digest(out.array(), out.length() - length, length);
            } else {
                JsonBytes unmasked = new JsonBytes(512);
                CanonicalJson.write(unmasked, payload);
                digest = digests.digest(unmasked.array(), 0, unmasked.length());
            }
            out.raw(",\"payload_digest\":\"").raw(digest).raw('"');
        }
        String salt = digests.salt();
        if (salt != null) {
            out.raw(",\"payload_salt\":\"").raw(salt).raw('"');
        }
    }

    private void actor(JsonBytes out, Actor actor, String id, PayloadDigests.OfReceipt digests) {
        // whoever chooses the arguments must not be able to hide who asked
        MaskedJson masked = new MaskedJson(this.masking, out, digests, new MaskedValues(this.masking));
        out.raw(",\"actor\":{");
        int start = out.length();
        if (actor.agent() != null) {
            out.raw("\"agent\":").string(masked(actor.agent()));
        }
        if (!actor.attributes().isEmpty()) {
            String name = "\"attributes\":";
            masked.block(actor.attributes(), this.masking.limits().block(), comma(out, start, name));
        }
        out.raw(comma(out, start, "\"id\":")).string(id);
        if (actor.onBehalfOf() != null) {
            out.raw(",\"on_behalf_of\":").string(masked(actor.onBehalfOf()));
        }
        out.raw(",\"roles\":[");
        boolean first = true;
        for (String role : actor.roles()) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            out.string(masked(role));
        }
        out.raw("],\"source\":").string(plain(actor.source())).raw('}');
    }

    private static String comma(JsonBytes out, int start, String name) {
        return (out.length() == start) ? name : "," + name;
    }

    /** No step is left out, whatever its output: its digest binds what can be undone. All outputs share one budget. */
    private void steps(JsonBytes out, MaskedJson masked, List<ActionStep> steps, MaskedValues known) {
        if (steps.isEmpty()) {
            return;
        }
        int budget = this.masking.limits().block();
        char separator = '[';
        out.raw(",\"actions_taken\":");
        for (ActionStep step : steps) {
            out.raw(separator).raw("{\"action\":").string(masked(step.action()));
            separator = ',';
            optional(
                    out, ",\"already_done\":", (step.alreadyDone() != null) ? echoed(step.alreadyDone(), known) : null);
            budget -= masked.block(step.output(), Math.max(0, budget), ",\"output\":");
            if (step.position() != null) {
                out.raw(",\"position\":");
                CanonicalJson.scalar(out, step.position());
            }
            out.raw(",\"reversibility\":\"").raw(step.reversibility().name());
            out.raw("\",\"success\":").raw(step.success() ? "true" : "false");
            int dot = step.action().lastIndexOf('.');
            out.raw(",\"system\":").string(plain((dot > 0) ? step.action().substring(0, dot) : "tool"));
            optional(out, ",\"undo_digest\":", (step.undoDigest() != null) ? plain(step.undoDigest()) : null);
            out.raw('}');
        }
        out.raw(']');
    }

    private void verdicts(JsonBytes out, @Nullable Decision decision, List<byte[]> verdicts) {
        if (decision == null) {
            return;
        }
        out.raw(",\"policy_results\":[");
        for (int i = 0; i < verdicts.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(verdicts.get(i));
        }
        out.raw("],\"policy_set\":").string(plain(decision.policySet()));
    }
}
