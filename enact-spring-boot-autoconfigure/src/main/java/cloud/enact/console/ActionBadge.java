package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small picture for pages of others: what was decided last about an action, and how often it passed. Of an action
 * that nobody knows it says what it says of one that nobody has called. Thread-safe.
 */
final class ActionBadge {

    /** Decisions that are counted. */
    static final int WINDOW = 100;

    private static final int LONGEST = 60;

    private static final int CHARACTER = 7;

    private static final int PADDING = 12;

    private static final int CORNER = 3;

    private static final String END = ".svg";

    private final ReceiptStore store;

    private final Templates templates = new Templates();

    /** Everybody may ask: not for so much at once that others wait. */
    private final Turns turns = new Turns(4);

    ActionBadge(ReceiptStore store) {
        this.store = store;
    }

    Reply answer(PageRequest request) {
        request.requireOnly(Set.of());
        String file = request.segment(1);
        if (request.isPost() || !file.endsWith(END) || file.length() == END.length()) {
            throw ConsoleException.notFound();
        }
        String action = file.substring(0, file.length() - END.length());
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.DECIDED)
                .actions(action)
                .build();
        List<String> decisions = this.turns.take(
                request.visitor(),
                () -> this.store.query(filter, null, WINDOW).receipts().stream()
                        .filter(receipt -> receipt.damage() == null)
                        .map(Receipt::decision)
                        .map(String::valueOf)
                        .toList());
        byte[] picture =
                this.templates.render("action.svg", model(action, decisions)).getBytes(StandardCharsets.UTF_8);
        return new Reply(200, "image/svg+xml", picture, Map.of("Cache-Control", "public, max-age=60"));
    }

    private static Map<String, @Nullable Object> model(String action, List<String> decisions) {
        String name = Shown.line(action, LONGEST);
        String text = "no calls";
        String tone = "plain";
        if (!decisions.isEmpty()) {
            long passed = decisions.stream().filter("PASS"::equals).count();
            // one that was stopped among hundreds must not be rounded away
            text = decisions.get(0) + " · " + passed * 100 / decisions.size() + " % of " + decisions.size() + " pass";
            tone = Shown.tone(decisions.get(0));
        }
        int left = name.length() * CHARACTER + PADDING;
        int right = text.length() * CHARACTER + PADDING;
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("name", name);
        model.put("text", text);
        model.put("left", left);
        model.put("straight", right - CORNER);
        model.put("width", left + right);
        model.put("nameAt", left / 2);
        model.put("textAt", left + right / 2);
        model.put("nameWidth", left - PADDING);
        model.put("textWidth", right - PADDING);
        model.put("colour", colour(tone));
        return model;
    }

    /** White can be read on each of them. */
    private static String colour(String tone) {
        return switch (tone) {
            case "pass" -> "#1a7f37";
            case "ask" -> "#8a5a00";
            case "block" -> "#b42318";
            default -> "#57606a";
        };
    }
}
