package cloud.enact.approval;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads requests from the JSON-like values that {@link ApprovalJson} writes. */
final class ApprovalReader {

    private static final String ERASED = "erased";

    private ApprovalReader() {}

    /**
     * Reads a request.
     *
     * @param terms what {@link ApprovalJson#terms} gave
     * @param content what {@link ApprovalJson#content} gave
     * @throws RuntimeException when it is none
     */
    static ApprovalRequest request(Map<String, @Nullable Object> terms, Map<String, @Nullable Object> content) {
        List<Verdict> asks = new ArrayList<>();
        list(content.get("asks")).forEach(ask -> asks.add(verdict(object(ask))));
        List<ApprovalAnswer> answers = new ArrayList<>();
        list(content.get("answers")).forEach(answer -> answers.add(answer(object(answer))));
        return request(
                terms,
                state(terms),
                requester(object(content.get("requester"))),
                optionalText(content.get("conversation")),
                Arguments.freeze(object(content.get("payload"))),
                asks,
                answers,
                texts(content.get("people")),
                texts(content.get("notes")),
                (content.get("change") != null) ? change(object(content.get("change"))) : null);
    }

    /** A request whose content nobody can decrypt any more. */
    static ApprovalRequest erased(Map<String, @Nullable Object> terms) {
        ApprovalState state = state(terms);
        return request(
                terms,
                state.isFinal() ? state : ApprovalState.VOID,
                new Actor(ERASED, Set.of(), Map.of(), null, null, "none"),
                null,
                Map.of(),
                List.of(Verdict.ask(ERASED, "What was asked about has been erased.")),
                List.of(),
                Set.of(),
                Set.of(),
                null);
    }

    private static ApprovalRequest request(
            Map<String, @Nullable Object> terms,
            ApprovalState state,
            Actor requester,
            @Nullable String conversation,
            Map<String, @Nullable Object> payload,
            List<Verdict> asks,
            List<ApprovalAnswer> answers,
            Set<String> people,
            Set<String> notes,
            @Nullable ApprovalChange change) {
        Object effect = terms.get("effect");
        AskedCall asked = new AskedCall(
                RunId.parse(text(terms.get("run_id"))),
                UUID.fromString(text(terms.get("action_id"))),
                text(terms.get("action")),
                requester,
                conversation,
                payload,
                asks,
                (effect != null) ? effect(object(effect)) : null,
                Reversibility.valueOf(text(terms.get("reversibility"))));
        return new ApprovalRequest(
                UUID.fromString(text(terms.get("id"))),
                asked,
                new ApprovalTerms(
                        text(terms.get("call")),
                        text(terms.get("circumstances")),
                        Instant.parse(text(terms.get("expires_at"))),
                        Math.toIntExact(number(terms.get("approvers"))),
                        texts(terms.get("groups")),
                        people),
                Instant.parse(text(terms.get("timestamp"))),
                state,
                answers,
                number(terms.get("version")),
                List.copyOf(notes),
                change);
    }

    static ApprovalState state(Map<String, @Nullable Object> terms) {
        return ApprovalState.valueOf(text(terms.get("state")));
    }

    private static Verdict verdict(Map<String, @Nullable Object> members) {
        String mode = optionalText(members.get("mode"));
        return new Verdict(
                text(members.get("policy")),
                Effect.valueOf(text(members.get("effect"))),
                text(members.get("reason")),
                (mode != null) ? EnactMode.valueOf(mode.toUpperCase(Locale.ROOT)) : null);
    }

    private static ApprovalAnswer answer(Map<String, @Nullable Object> members) {
        return new ApprovalAnswer(
                (Boolean) Objects.requireNonNull(members.get("approved"), "approved"),
                text(members.get("approver")),
                text(members.get("channel")),
                optionalText(members.get("reason")),
                Instant.parse(text(members.get("timestamp"))));
    }

    private static ApprovalChange change(Map<String, @Nullable Object> members) {
        Object answer = members.get("answer");
        return new ApprovalChange(
                UUID.fromString(text(members.get("id"))),
                Instant.parse(text(members.get("since"))),
                ApprovalState.valueOf(text(members.get("next"))),
                (answer != null) ? answer(object(answer)) : null);
    }

    private static Actor requester(Map<String, @Nullable Object> members) {
        return new Actor(
                text(members.get("id")),
                texts(members.get("roles")),
                object(members.get("attributes")),
                optionalText(members.get("agent")),
                optionalText(members.get("on_behalf_of")),
                text(members.get("source")));
    }

    private static ActionEffect effect(Map<String, @Nullable Object> members) {
        Map<String, Long> tables = new LinkedHashMap<>();
        object(members.get("tables")).forEach((table, rows) -> tables.put(table, number(rows)));
        return new ActionEffect(tables, List.copyOf(texts(members.get("unmeasured"))));
    }

    @SuppressWarnings("unchecked") // the keys of JSON are text
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("Expected an object");
    }

    private static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("Expected a list");
    }

    private static Set<String> texts(@Nullable Object value) {
        Set<String> texts = new LinkedHashSet<>();
        list(value).forEach(text -> texts.add(text(text)));
        return texts;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Expected text");
    }

    private static @Nullable String optionalText(@Nullable Object value) {
        return (value != null) ? text(value) : null;
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException("Expected a whole number");
    }
}
