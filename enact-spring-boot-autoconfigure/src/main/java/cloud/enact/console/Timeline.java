package cloud.enact.console;

import cloud.enact.action.RunId;
import cloud.enact.action.ShortText;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The entries of a run for its page. Thread-safe. */
final class Timeline {

    private static final int LONGEST_NAME = 300;

    private static final int LONGEST_REASON = 4000;

    private static final int LONGEST_RAW = 64 * 1024;

    private static final int MOST_STEPS = 200;

    private static final String ABSTAIN = "ABSTAIN";

    private final ConsoleSources sources;

    private final ReceiptRows rows;

    private final CapturedState captured;

    private final Shown shown = new Shown();

    Timeline(ConsoleSources sources) {
        this.sources = sources;
        this.rows = new ReceiptRows(sources);
        this.captured = new CapturedState(sources);
    }

    /**
     * The entries, in the order given.
     *
     * @param trusted whether captured state is shown: it is for people who might bring it back, not for all who read
     */
    List<Map<String, @Nullable Object>> entries(List<Receipt> entries, RunId run, boolean trusted) {
        Map<Long, Map<String, @Nullable Object>> states =
                trusted ? this.captured.ofRun(run, payloads(entries)) : Map.of();
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        for (Receipt entry : entries) {
            models.add(entry(entry, states));
        }
        return models;
    }

    private Map<UUID, Map<?, ?>> payloads(List<Receipt> entries) {
        Map<UUID, Map<?, ?>> payloads = new HashMap<>();
        for (Receipt entry : entries) {
            if (entry.kind() == ReceiptKind.DECIDED
                    && this.rows.fields(entry).get("payload") instanceof Map<?, ?> map) {
                payloads.put(entry.actionId(), map);
            }
        }
        return payloads;
    }

    private Map<String, @Nullable Object> entry(Receipt entry, Map<Long, Map<String, @Nullable Object>> states) {
        Map<String, @Nullable Object> fields = this.rows.fields(entry);
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("anchor", "entry-" + entry.seq());
        model.put("seq", entry.seq());
        model.put("log", entry.log());
        model.put("kind", ReceiptRows.kind(entry.kind()));
        this.shown.time(model, "time", entry.timestamp());
        model.put("badge", Shown.badge(ReceiptRows.word(entry, fields)));
        model.put("observed", "observe".equals(fields.get("mode")));
        model.put("action", Shown.line(entry.action(), LONGEST_NAME));
        model.put("damage", entry.damage());
        putActor(model, entry, fields);
        model.put("resource", resource(fields.get("resource")));
        model.put(
                "reversibility",
                text(fields.get("reversibility")).toLowerCase(Locale.ROOT).replace('_', ' '));
        Shown.list(model, "verdicts", verdicts(fields));
        Shown.list(model, "abstained", abstained(fields));
        model.put("payload", this.shown.json(fields.get("payload")));
        Shown.list(model, "steps", steps(fields.get("actions_taken"), states));
        Shown.list(model, "reversed", steps(fields.get("actions_reversed"), states));
        model.put("outcome", this.shown.json(fields.get("outcome_detail")));
        model.put("approval", this.shown.json(fields.get("approval")));
        model.put("policySet", fields.get("policy_set"));
        model.put("kid", entry.kid());
        model.put("raw", ShortText.of(new String(entry.bytes(), StandardCharsets.UTF_8), LONGEST_RAW));
        ReceiptRows.putSignature(model, this.sources.verifier().verify(entry));
        return model;
    }

    private static void putActor(
            Map<String, @Nullable Object> model, Receipt entry, Map<String, @Nullable Object> fields) {
        model.put("actor", Shown.line(entry.actor(), LONGEST_NAME));
        Map<?, ?> actor = (fields.get("actor") instanceof Map<?, ?> map) ? map : Map.of();
        model.put("source", actor.get("source"));
        model.put("agent", actor.get("agent"));
        model.put("onBehalfOf", actor.get("on_behalf_of"));
    }

    private static @Nullable String resource(@Nullable Object value) {
        return (value instanceof Map<?, ?> resource)
                ? Shown.line(resource.get("type") + " " + resource.get("id"), LONGEST_NAME)
                : null;
    }

    private static List<Map<String, @Nullable Object>> verdicts(Map<String, @Nullable Object> fields) {
        List<Map<String, @Nullable Object>> verdicts = new ArrayList<>();
        for (Object element : ReceiptRows.list(fields.get("policy_results"))) {
            if (element instanceof Map<?, ?> verdict && !ABSTAIN.equals(verdict.get("effect"))) {
                Map<String, @Nullable Object> model = new LinkedHashMap<>();
                model.put("policy", Shown.line(verdict.get("policy"), LONGEST_NAME));
                model.put("badge", Shown.badge(verdict.get("effect")));
                model.put("reason", ShortText.of(text(verdict.get("reason")), LONGEST_REASON));
                model.put("observed", "observe".equals(verdict.get("mode")));
                verdicts.add(model);
            }
        }
        return verdicts;
    }

    /** Names of the policies that had nothing to say. */
    private static List<String> abstained(Map<String, @Nullable Object> fields) {
        List<String> names = new ArrayList<>();
        for (Object element : ReceiptRows.list(fields.get("policy_results"))) {
            if (element instanceof Map<?, ?> verdict && ABSTAIN.equals(verdict.get("effect"))) {
                names.add(Shown.line(verdict.get("policy"), LONGEST_NAME));
            }
        }
        return names;
    }

    private List<Map<String, @Nullable Object>> steps(
            @Nullable Object value, Map<Long, Map<String, @Nullable Object>> states) {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        for (Object element : ReceiptRows.list(value)) {
            if (element instanceof Map<?, ?> step && steps.size() < MOST_STEPS) {
                Map<String, @Nullable Object> model = new LinkedHashMap<>();
                model.put("position", step.get("position"));
                model.put("action", Shown.line(step.get("action"), LONGEST_NAME));
                model.put("badge", Shown.badge(word(step)));
                model.put("detail", ShortText.of(text(step.get("detail")), LONGEST_REASON));
                model.put("output", this.shown.json(step.get("output")));
                model.put(
                        "state",
                        (step.get("position") instanceof Number position) ? states.get(position.longValue()) : null);
                steps.add(model);
            }
        }
        return steps;
    }

    private static @Nullable Object word(Map<?, ?> step) {
        if (step.get("restoration") != null) {
            return step.get("restoration");
        }
        return Boolean.TRUE.equals(step.get("success")) ? "SUCCEEDED" : "FAILED";
    }

    private static String text(@Nullable Object value) {
        return (value != null) ? value.toString() : "";
    }
}
