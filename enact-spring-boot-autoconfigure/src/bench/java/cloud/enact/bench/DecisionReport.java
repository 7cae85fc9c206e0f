package cloud.enact.bench;

import java.util.Map;

/** Prints what a decision costs, beside one expression of Spring Security and one of CEL alone. */
final class DecisionReport {

    private static final String PREFIX = "DecisionBenchmark.";

    private static final Map<String, String> GOALS = Map.of(
            "hundredPoliciesWithoutFacts", "at most 5",
            "hundredPoliciesWithCommand", "at most 50",
            "hundredPoliciesWithStatement", "at most 50",
            "hundredPoliciesWithCommandOf100kB", "at most 20,000");

    private final Map<String, Double> medians;

    DecisionReport(Map<String, Double> medians) {
        this.medians = medians;
    }

    void print() {
        Double spring = this.medians.get(PREFIX + "springSecurityExpression");
        Double cel = this.medians.get(PREFIX + "celAlone");
        if (spring == null || cel == null) {
            return;
        }
        BenchReport.heading("One decision", "microseconds", "to Spring Security", "to CEL alone", "goal");
        this.medians.forEach((name, median) -> {
            String what = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            // of a sampled time there are further percentiles
            if (!what.isEmpty() && what.indexOf('.') < 0) {
                BenchReport.row(
                        what,
                        BenchReport.format("%,.2f", median),
                        BenchReport.format("%,.2f", median / spring),
                        BenchReport.format("%,.2f", median / cel),
                        GOALS.getOrDefault(what, ""));
            }
        });
    }
}
