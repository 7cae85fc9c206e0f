package cloud.enact.bench;

import java.util.Map;

/** Prints what gates add to a tool call over MCP. */
final class McpReport {

    private static final String PREFIX = "McpBenchmark.";

    private static final String UNGATED = "ungated";

    private final Map<String, Double> medians;

    McpReport(Map<String, Double> medians) {
        this.medians = medians;
    }

    void print() {
        boolean measured = this.medians.keySet().stream().anyMatch(name -> name.startsWith(PREFIX + UNGATED));
        if (!measured) {
            return;
        }
        BenchReport.heading("One tool call over MCP", "microseconds", "added", "goal");
        this.medians.forEach((name, median) -> {
            String what = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            // of a sampled time there are further percentiles
            if (!what.isEmpty() && what.indexOf('.') < 0) {
                String store = what.substring(what.indexOf(' ') + 1);
                Double ungated = this.medians.getOrDefault(PREFIX + UNGATED + " " + store, median);
                BenchReport.row(
                        what,
                        BenchReport.format("%,.0f", median),
                        BenchReport.format("%,.0f", median - ungated),
                        what.startsWith("gatedClientAndServer") ? "at most 500" : "");
            }
        });
    }
}
