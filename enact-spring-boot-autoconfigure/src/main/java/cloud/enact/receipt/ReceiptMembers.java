package cloud.enact.receipt;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.policy.Decision;
import cloud.enact.undo.ActionStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the members of one receipt that hold more than a word. Not thread-safe. */
final class ReceiptMembers {

    private final Masking masking;

    private final JsonBytes out;

    private final PayloadDigests.OfReceipt digests;

    private final MaskedValues known;

    private final MaskedJson masked;

    ReceiptMembers(Masking masking, JsonBytes out, PayloadDigests.OfReceipt digests, MaskedValues known) {
        this.masking = masking;
        this.out = out;
        this.digests = digests;
        this.known = known;
        this.masked = new MaskedJson(masking, out, digests, known);
    }

    private String plain(String text) {
        return this.masking.plain(text);
    }

    /** Names are chosen by callers and models, and may hold a credential as any text may. */
    private String masked(String text) {
        return this.masking.mask(CanonicalJson.repair(text));
    }

    /** Text that may repeat an argument. */
    private String echoed(String text) {
        return this.masking.mask(CanonicalJson.repair(text), null, this.known);
    }

    /** What is known of the outcome beside its one word. */
    void outcomeDetail(@Nullable Map<String, @Nullable Object> outcome) {
        if (outcome == null) {
            return;
        }
        Map<String, @Nullable Object> detail = new LinkedHashMap<>(outcome);
        detail.remove(ReceiptDraft.STATUS);
        if (!detail.isEmpty()) {
            this.masked.block(detail, this.masking.limits().block(), ",\"outcome_detail\":");
        }
    }

    /** What came of each step of a rollback. */
    void reversed(@Nullable List<Map<String, @Nullable Object>> restorations) {
        if (restorations != null) {
            new ReversedJson(this.masking, this.out, this.masked).write(restorations);
        }
    }

    /** The arguments; returns their digest, or {@code null} when there are none. */
    @Nullable
    String payload(@Nullable Map<String, @Nullable Object> payload) {
        if (payload == null) {
            return null;
        }
        int length = this.masked.block(payload, this.masking.limits().block(), ",\"payload\":");
        if (this.masked.faithful()) {
            // these bytes are the unmasked ones: no need to write them twice
            return this.digests.digest(this.out.array(), this.out.length() - length, length);
        }
        JsonBytes unmasked = new JsonBytes(512);
        CanonicalJson.write(unmasked, payload);
        return this.digests.digest(unmasked.array(), 0, unmasked.length());
    }

    void actor(Actor actor) {
        // whoever chooses the arguments must not be able to hide who asked
        MaskedJson apart = new MaskedJson(this.masking, this.out, this.digests, new MaskedValues(this.masking));
        this.out.raw(",\"actor\":{");
        int start = this.out.length();
        if (actor.agent() != null) {
            this.out.raw("\"agent\":").string(masked(actor.agent()));
        }
        if (!actor.attributes().isEmpty()) {
            apart.block(actor.attributes(), this.masking.limits().block(), comma(start, "\"attributes\":"));
        }
        this.out.raw(comma(start, "\"id\":")).string(masked(actor.id()));
        if (actor.onBehalfOf() != null) {
            this.out.raw(",\"on_behalf_of\":").string(masked(actor.onBehalfOf()));
        }
        this.out.raw(",\"roles\":[");
        boolean first = true;
        for (String role : actor.roles()) {
            if (!first) {
                this.out.raw(',');
            }
            first = false;
            this.out.string(masked(role));
        }
        this.out.raw("],\"source\":").string(plain(actor.source())).raw('}');
    }

    /** What people were asked or said. */
    void approval(@Nullable Map<String, @Nullable Object> approval) {
        if (approval != null) {
            // as with the actor: arguments can't hide who approved; and no configured name hides what became of it
            Masking own = this.masking.ofOwnWords();
            new MaskedJson(own, this.out, null, new MaskedValues(own))
                    .block(approval, own.limits().block(), ",\"approval\":");
        }
    }

    private String comma(int start, String name) {
        return (this.out.length() == start) ? name : "," + name;
    }

    /** No step is left out, whatever its output: its digest binds what can be undone. All outputs share one budget. */
    void steps(List<ActionStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        int budget = this.masking.limits().block();
        char separator = '[';
        this.out.raw(",\"actions_taken\":");
        for (ActionStep step : steps) {
            this.out.raw(separator).raw("{\"action\":").string(masked(step.action()));
            separator = ',';
            if (step.alreadyDone() != null) {
                this.out.raw(",\"already_done\":").string(echoed(step.alreadyDone()));
            }
            budget -= this.masked.block(step.output(), Math.max(0, budget), ",\"output\":");
            if (step.position() != null) {
                this.out.raw(",\"position\":");
                CanonicalJson.scalar(this.out, step.position());
            }
            this.out.raw(",\"reversibility\":\"").raw(step.reversibility().name());
            this.out.raw("\",\"success\":").raw(step.success() ? "true" : "false");
            this.out.raw(",\"system\":").string(plain(ActionRequest.systemOf(step.action())));
            if (step.undoDigest() != null) {
                this.out.raw(",\"undo_digest\":").string(plain(step.undoDigest()));
            }
            this.out.raw('}');
        }
        this.out.raw(']');
    }

    /** The verdicts, which were written before what may need the salt. */
    void verdicts(@Nullable Decision decision, List<byte[]> verdicts) {
        if (decision == null) {
            return;
        }
        this.out.raw(",\"policy_results\":[");
        for (int i = 0; i < verdicts.size(); i++) {
            if (i > 0) {
                this.out.raw(',');
            }
            this.out.raw(verdicts.get(i));
        }
        this.out.raw(']');
    }
}
