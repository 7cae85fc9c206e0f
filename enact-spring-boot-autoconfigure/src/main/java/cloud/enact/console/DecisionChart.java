package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small picture of the newest decisions over time, and how many of each there are. */
final class DecisionChart {

    private static final List<String> DECISIONS = List.of("PASS", "ASK", "BLOCK");

    private static final int BARS = 48;

    private static final int WIDTH = 10;

    private static final int HEIGHT = 56;

    private final List<Receipt> decided;

    private final Shown shown = new Shown();

    /** A picture of decisions, newest first. */
    DecisionChart(List<Receipt> decided) {
        this.decided = decided.stream()
                .filter(receipt -> receipt.damage() == null && DECISIONS.contains(String.valueOf(receipt.decision())))
                .toList();
    }

    /** What the template draws, or {@code null} when there is nothing. */
    @Nullable
    Map<String, @Nullable Object> model() {
        if (this.decided.isEmpty()) {
            return null;
        }
        Instant from = this.decided.get(this.decided.size() - 1).timestamp();
        Instant to = this.decided.get(0).timestamp();
        long[][] counts = new long[BARS][DECISIONS.size()];
        long[] totals = new long[DECISIONS.size()];
        long span = Math.max(1, Duration.between(from, to).toMillis() + 1);
        for (Receipt receipt : this.decided) {
            // clocks of several nodes may differ
            long since = Math.max(
                    0,
                    Math.min(
                            span - 1,
                            Duration.between(from, receipt.timestamp()).toMillis()));
            int decision = DECISIONS.indexOf(String.valueOf(receipt.decision()));
            counts[(int) (since * BARS / span)][decision]++;
            totals[decision]++;
        }
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("width", BARS * WIDTH);
        model.put("height", HEIGHT);
        model.put("bars", bars(counts));
        model.put("total", this.decided.size());
        model.put("pass", totals[0]);
        model.put("ask", totals[1]);
        model.put("block", totals[2]);
        this.shown.time(model, "from", from);
        this.shown.time(model, "to", to);
        return model;
    }

    private static List<Map<String, @Nullable Object>> bars(long[][] counts) {
        long most = 1;
        for (long[] bar : counts) {
            most = Math.max(most, bar[0] + bar[1] + bar[2]);
        }
        List<Map<String, @Nullable Object>> bars = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            double bottom = HEIGHT;
            for (int decision = 0; decision < DECISIONS.size(); decision++) {
                if (counts[i][decision] > 0) {
                    // a single BLOCK among thousands must be seen
                    double height = Math.max(3, (double) HEIGHT * counts[i][decision] / most);
                    bottom = Math.max(0, bottom - height);
                    Map<String, @Nullable Object> bar = new LinkedHashMap<>();
                    bar.put("x", i * WIDTH + 1);
                    bar.put("y", Math.round(bottom * 10) / 10.0);
                    bar.put("width", WIDTH - 2);
                    bar.put("height", Math.round(height * 10) / 10.0);
                    bar.put("tone", Shown.tone(DECISIONS.get(decision)));
                    bars.add(bar);
                }
            }
        }
        return bars;
    }
}
