package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VerificationState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receipts as rows of a list. Thread-safe. */
final class ReceiptRows {

    private static final int LONGEST_NAME = 120;

    private static final int LONGEST_DETAIL = 200;

    private final ReceiptVerifier verifier;

    private final ReceiptContents contents;

    private final Shown shown = new Shown();

    ReceiptRows(ConsoleSources sources) {
        this.verifier = sources.verifier();
        this.contents = sources.contents();
    }

    Map<String, @Nullable Object> row(String base, Receipt receipt) {
        Map<String, @Nullable Object> fields = fields(receipt);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        this.shown.time(row, "time", receipt.timestamp());
        row.put("kind", kind(receipt.kind()));
        row.put("badge", Shown.badge(word(receipt, fields)));
        row.put("observed", "observe".equals(fields.get("mode")));
        row.put("action", Shown.line(receipt.action(), LONGEST_NAME));
        row.put("actor", Shown.line(receipt.actor(), LONGEST_NAME));
        row.put("workflow", (receipt.workflow() != null) ? Shown.line(receipt.workflow(), LONGEST_NAME) : null);
        row.put("run", receipt.runId().toString());
        row.put("runShort", Shown.shortened(receipt.runId().toString()));
        row.put("href", base + "/runs/" + receipt.runId());
        row.put("detail", detail(receipt, fields));
        row.put("seq", receipt.seq());
        putSignature(row, this.verifier.verify(receipt));
        return row;
    }

    /** What a receipt says, as far as it can be read. */
    Map<String, @Nullable Object> fields(Receipt receipt) {
        try {
            return this.contents.open(receipt).fields();
        } catch (ReceiptFormatException ex) {
            return Map.of();
        }
    }

    static void putSignature(Map<String, @Nullable Object> row, VerificationState state) {
        row.put("signed", state == VerificationState.VALID);
        row.put("signature", signature(state));
    }

    private static String signature(VerificationState state) {
        return switch (state) {
            case VALID -> "Signature valid";
            case UNKNOWN_KEY -> "Key unknown";
            case MALFORMED -> "Damaged";
            default -> "Signature wrong";
        };
    }

    static String kind(ReceiptKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static @Nullable Object word(Receipt receipt, Map<String, @Nullable Object> fields) {
        if (receipt.damage() != null) {
            return "DAMAGED";
        }
        // what was decided stands in the receipt before, too
        Object outcome = receipt.kind().settles() ? fields.get("outcome") : null;
        return (outcome != null) ? outcome : receipt.decision();
    }

    private String detail(Receipt receipt, Map<String, @Nullable Object> fields) {
        if (receipt.damage() != null) {
            return Shown.line(receipt.damage(), LONGEST_DETAIL);
        }
        for (Object element : list(fields.get("policy_results"))) {
            if (element instanceof Map<?, ?> verdict
                    && ("BLOCK".equals(verdict.get("effect")) || "ASK".equals(verdict.get("effect")))) {
                return Shown.line(verdict.get("policy") + ": " + verdict.get("reason"), LONGEST_DETAIL);
            }
        }
        if (fields.get("outcome_detail") instanceof Map<?, ?> outcome && outcome.get("message") != null) {
            return Shown.line(outcome.get("message"), LONGEST_DETAIL);
        }
        return (fields.get("payload") instanceof Map<?, ?> payload && !payload.isEmpty())
                ? this.shown.compact(payload, LONGEST_DETAIL)
                : "";
    }

    static List<? extends @Nullable Object> list(@Nullable Object value) {
        return (value instanceof List<?> list) ? list : List.of();
    }
}
