package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import cloud.enact.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row per receipt, as RFC 4180 has it. Whoever chooses arguments chooses texts of these cells, so no cell is a formula
 * for a spreadsheet, and none holds a line break or another control character.
 */
final class CsvLines implements LineFormat {

    private static final List<String> COLUMNS = List.of(
            "log",
            "seq",
            "timestamp",
            "kind",
            "run_id",
            "action_id",
            "workflow",
            "action",
            "system",
            "resource_type",
            "resource_id",
            "reversibility",
            "actor",
            "actor_source",
            "agent",
            "on_behalf_of",
            "decision",
            "mode",
            "policies",
            "policy_set",
            "outcome",
            "steps",
            "original_run_id",
            "kid",
            "alg",
            "signature",
            "damage");

    /** What makes a spreadsheet calculate, in both widths. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    @Override
    public byte[] header() {
        return row(COLUMNS.stream().toArray(String[]::new));
    }

    @Override
    public byte[] line(Receipt receipt) {
        if (receipt.damage() != null) {
            @Nullable String[] cells = new @Nullable String[COLUMNS.size()];
            cells[0] = receipt.log();
            cells[1] = Long.toString(receipt.seq());
            cells[3] = "DAMAGED";
            cells[COLUMNS.size() - 1] = receipt.damage();
            return row(cells);
        }
        Fields fields = Fields.of(receipt);
        Fields resource = fields.object("resource");
        Fields actor = fields.object("actor");
        return row(
                receipt.log(),
                Long.toString(receipt.seq()),
                fields.text("timestamp"),
                receipt.kind().name(),
                receipt.runId().toString(),
                receipt.actionId().toString(),
                fields.text("workflow"),
                receipt.action(),
                fields.text("system"),
                resource.text("type"),
                resource.text("id"),
                fields.text("reversibility"),
                receipt.actor(),
                actor.text("source"),
                actor.text("agent"),
                actor.text("on_behalf_of"),
                receipt.decision(),
                fields.text("mode"),
                String.join(" ", fields.decidingPolicies()),
                fields.text("policy_set"),
                fields.text("outcome"),
                Integer.toString(fields.objects("actions_taken").size()),
                fields.text("original_run_id"),
                fields.text("kid"),
                fields.text("alg"),
                receipt.signature(),
                null);
    }

    private static byte[] row(@Nullable String... cells) {
        return (Arrays.stream(cells).map(CsvLines::cell).collect(Collectors.joining(",")) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A cell in quotes, unless it is empty. */
    static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        StringBuilder cell = new StringBuilder(text.length() + 3).append('"');
        // a tab or a space before it does not stop a spreadsheet from calculating
        String start = text.stripLeading();
        if (!start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0) {
            cell.append('\'');
        }
        text.codePoints().forEach(c -> {
            if (c == '"') {
                cell.append("\"\"");
            } else {
                cell.appendCodePoint(Printable.isHidden(c) ? '\uFFFD' : c);
            }
        });
        return cell.append('"').toString();
    }
}
