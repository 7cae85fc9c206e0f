package cloud.enact.replay;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.policy.Effect;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as its receipt has it.
 *
 * @param request the call
 * @param decided what was decided
 * @param masked whether a part of the arguments is masked or cut, so that policies see less than they saw then
 */
record RecordedCall(ActionRequest request, Effect decided, boolean masked) {

    private static final String EFFECT = "effect";

    private static final Set<String> OF_AN_EFFECT = Set.of("rows", "tables", "unmeasured");

    /** Reads a receipt of a decision; empty when it does not say what is needed, or not any more. */
    static Optional<RecordedCall> of(Receipt receipt, ReceiptContents contents) {
        try {
            ReceiptContents.Content content = contents.open(receipt);
            boolean readable = content.state() == ReceiptContents.State.PLAIN
                    || content.state() == ReceiptContents.State.DECRYPTED;
            return readable ? Optional.of(read(receipt, content.fields())) : Optional.empty();
        } catch (RuntimeException ex) {
            // written by another version, or tampered with: whatever is missing, it can't be judged
            return Optional.empty();
        }
    }

    private static RecordedCall read(Receipt receipt, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>(object(fields.get("payload")));
        ActionEffect effect = effect(args.get(EFFECT));
        if (effect != null) {
            args.remove(EFFECT);
        }
        String parent = text(fields.get("parent_action_id"));
        String reversibility = text(fields.get("reversibility"));
        ActionRequest request = new ActionRequest(
                receipt.actionId(),
                new Run(receipt.runId(), text(fields.get("workflow"))),
                (parent != null) ? UUID.fromString(parent) : null,
                receipt.action(),
                args,
                actor(object(fields.get("actor"))),
                resource(object(fields.get("resource"))),
                (reversibility != null) ? Reversibility.valueOf(reversibility) : Reversibility.IRREVERSIBLE,
                receipt.timestamp(),
                effect);
        return new RecordedCall(request, decided(receipt, fields), fields.get("payload") == null || isMasked(args));
    }

    /** What the policies said: that people let it through afterwards is none of their doing. */
    private static Effect decided(Receipt receipt, Map<String, @Nullable Object> fields) {
        return (fields.get("approval") != null) ? Effect.ASK : Effect.valueOf(String.valueOf(receipt.decision()));
    }

    private static Actor actor(Map<String, @Nullable Object> actor) {
        Set<String> roles = new LinkedHashSet<>();
        if (actor.get("roles") instanceof List<?> list) {
            list.forEach(role -> roles.add(String.valueOf(role)));
        }
        return new Actor(
                String.valueOf(actor.get("id")),
                roles,
                object(actor.get("attributes")),
                text(actor.get("agent")),
                text(actor.get("on_behalf_of")),
                String.valueOf(actor.get("source")));
    }

    private static @Nullable ResourceRef resource(Map<String, @Nullable Object> resource) {
        return resource.isEmpty()
                ? null
                : new ResourceRef(String.valueOf(resource.get("type")), String.valueOf(resource.get("id")));
    }

    /** What was measured stands among the arguments. */
    private static @Nullable ActionEffect effect(@Nullable Object value) {
        Map<String, @Nullable Object> effect = object(value);
        if (!effect.containsKey("tables")
                || !effect.containsKey("unmeasured")
                || !OF_AN_EFFECT.containsAll(effect.keySet())) {
            return null;
        }
        Map<String, Long> tables = new TreeMap<>();
        object(effect.get("tables")).forEach((table, rows) -> tables.put(table, ((Number) rows).longValue()));
        List<String> unmeasured = new ArrayList<>();
        if (effect.get("unmeasured") instanceof List<?> names) {
            names.forEach(name -> unmeasured.add(String.valueOf(name)));
        }
        return new ActionEffect(tables, unmeasured);
    }

    private static @Nullable String text(@Nullable Object value) {
        return (value instanceof String text) ? text : null;
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts for names
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (value instanceof Map<?, ?> map) ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static boolean isMasked(@Nullable Object value) {
        if (value instanceof String text) {
            return text.contains(Masking.MASK);
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(RecordedCall::isMasked)
                    || map.values().stream().anyMatch(RecordedCall::isMasked);
        }
        return value instanceof Collection<?> elements && elements.stream().anyMatch(RecordedCall::isMasked);
    }
}
