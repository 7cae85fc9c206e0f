package cloud.enact.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints what {@code bench.json} holds as tables of medians, with their ratios. */
final class BenchReport {

    private final Map<String, Double> medians = new LinkedHashMap<>();

    private BenchReport(JsonNode results) {
        for (JsonNode result : results) {
            String name = result.get("benchmark").asString();
            String shortName = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            for (Map.Entry<String, JsonNode> parameter : result.path("params").properties()) {
                shortName += " " + parameter.getValue().asString();
            }
            this.medians.put(shortName, median(result.get("primaryMetric")));
            for (Map.Entry<String, JsonNode> metric :
                    result.get("secondaryMetrics").properties()) {
                this.medians.put(shortName + "." + metric.getKey(), median(metric.getValue()));
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        BenchReport report = new BenchReport(JsonMapper.shared().readTree(Files.readString(file)));
        report.gate();
        report.verification();
        report.startup();
        new DecisionReport(report.medians).print();
        new McpReport(report.medians).print();
        new DurableReport(report.medians).print();
        new RowsReport(report.medians).print();
    }

    /** The middle of all iterations of all forks: one disturbed iteration does not move it. */
    private static double median(JsonNode metric) {
        if (!metric.has("rawData")) {
            // of sampled times there is only a histogram
            return metric.get("scorePercentiles").get("50.0").asDouble();
        }
        List<Double> values = new ArrayList<>();
        for (JsonNode fork : metric.get("rawData")) {
            fork.forEach(value -> values.add(value.asDouble()));
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void gate() {
        Double floor = this.medians.get("GateBenchmark.sortedJsonAndHmac");
        if (floor == null) {
            return;
        }
        heading("One call, receipts in memory", "microseconds", "calls per second", "to sorted JSON and HMAC");
        this.medians.forEach((name, median) -> {
            if (name.startsWith("GateBenchmark.")) {
                row(
                        name.substring(name.indexOf('.') + 1),
                        format("%.2f", median),
                        format("%,.0f", 1_000_000 / median),
                        format("%.2f", median / floor));
            }
        });
    }

    private void verification() {
        if (!this.medians.containsKey("VerificationBenchmark.export")) {
            return;
        }
        heading("Verification of receipts of 1 kB", "microseconds", "receipts per second");
        this.medians.forEach((name, median) -> {
            if (name.startsWith("VerificationBenchmark.")) {
                row(name.substring(name.indexOf('.') + 1), format("%.2f", median), format("%,.0f", 1_000_000 / median));
            }
        });
    }

    private void startup() {
        String prefix = "StartupBenchmark.startApplications.";
        Double without = this.medians.get(prefix + "without");
        if (without == null) {
            return;
        }
        heading("Start-up", "milliseconds", "more", "ratio");
        for (String each : List.of("without", "withStarter", "withMillionReceipts", "withExpression")) {
            double median = this.medians.getOrDefault(prefix + each, Double.NaN);
            row(each, format("%.0f", median), format("%.0f", median - without), format("%.2f", median / without));
        }
        double more = this.medians.getOrDefault(prefix + "withMillionReceipts", Double.NaN)
                - this.medians.getOrDefault(prefix + "withStarter", Double.NaN);
        row("a million receipts, to none (goal: at most 100)", format("%.0f", more), "", "");
    }

    static void heading(String title, String... columns) {
        System.out.println();
        row(title, columns);
        row("---", Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
    }

    static void row(String first, String... cells) {
        System.out.println("| " + first + " | " + String.join(" | ", cells) + " |");
    }

    static String format(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
