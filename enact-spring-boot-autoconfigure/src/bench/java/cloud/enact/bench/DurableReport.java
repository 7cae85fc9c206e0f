package cloud.enact.bench;

import java.util.Map;

/** Prints how many receipts become durable per second, beside other ways, and what of it reaches its goal. */
final class DurableReport {

    private static final int[] CALLERS = {1, 8, 32, 64};

    private static final String POSTGRES = "PostgresReceiptBenchmark.append ";

    private static final String EMBEDDED = "EmbeddedReceiptBenchmark.append ";

    private final Map<String, Double> medians;

    DurableReport(Map<String, Double> medians) {
        this.medians = medians;
    }

    void print() {
        if (has(POSTGRES)) {
            postgres();
        }
        if (has(EMBEDDED)) {
            embedded();
        }
    }

    private boolean has(String benchmark) {
        for (int callers : CALLERS) {
            if (this.medians.containsKey(benchmark + callers)) {
                return true;
            }
        }
        return false;
    }

    private void postgres() {
        BenchReport.heading(
                "Receipts of 1 kB per second, PostgreSQL",
                "one commit per row",
                "locked head",
                "Enact",
                "to one commit per row",
                "to locked head",
                "p99 ms per row",
                "p99 ms locked head",
                "p50 ms Enact",
                "p99 ms Enact");
        for (int callers : CALLERS) {
            String name = POSTGRES + callers + ".";
            if (this.medians.containsKey(name + "enact")) {
                BenchReport.row(
                        callers + " callers",
                        rate(name + "row"),
                        rate(name + "lockedHead"),
                        rate(name + "enact"),
                        BenchReport.format("%.2f", ratio(name + "enact", name + "row")),
                        BenchReport.format("%.1f", ratio(name + "enact", name + "lockedHead")),
                        millis(name + "rowP99"),
                        millis(name + "lockedHeadP99"),
                        millis(name + "enactP50"),
                        millis(name + "enactP99"));
            }
        }
        BenchReport.heading("Goal, PostgreSQL", "measured", "reached");
        most("one caller takes at most 1.3 times one commit", ratio(POSTGRES + "1.row", POSTGRES + "1.enact"), 1.3);
        least("32 callers: 1.2 of one commit per row", ratio(POSTGRES + "32.enact", POSTGRES + "32.row"), 1.2);
        least("32 callers: 10 of a locked head", ratio(POSTGRES + "32.enact", POSTGRES + "32.lockedHead"), 10);
        least("64 callers: 10 of a locked head", ratio(POSTGRES + "64.enact", POSTGRES + "64.lockedHead"), 10);
        least("64 callers: 40,000 per second", value(POSTGRES + "64.enact"), 40_000);
        most("64 callers: p99 of at most 10 ms", value(POSTGRES + "64.enactP99") / 1000, 10);
    }

    private void embedded() {
        BenchReport.heading(
                "Receipts of 1 kB per second, embedded store",
                "one commit per row",
                "append and fsync",
                "Enact",
                "to one commit per row",
                "to append and fsync",
                "p99 ms per row",
                "p50 ms Enact",
                "p99 ms Enact");
        for (int callers : CALLERS) {
            String name = EMBEDDED + callers + ".";
            if (this.medians.containsKey(name + "enact")) {
                BenchReport.row(
                        callers + " callers",
                        rate(name + "row"),
                        rate(name + "line"),
                        rate(name + "enact"),
                        BenchReport.format("%.2f", ratio(name + "enact", name + "row")),
                        BenchReport.format("%.2f", ratio(name + "enact", name + "line")),
                        millis(name + "rowP99"),
                        millis(name + "enactP50"),
                        millis(name + "enactP99"));
            }
        }
        BenchReport.heading("Goal, embedded store", "measured", "reached");
        most("one caller takes at most 1.3 times one commit", ratio(EMBEDDED + "1.row", EMBEDDED + "1.enact"), 1.3);
        least("64 callers: 10,000 per second", value(EMBEDDED + "64.enact"), 10_000);
        most("64 callers: p99 of at most 10 ms", value(EMBEDDED + "64.enactP99") / 1000, 10);
    }

    private double value(String name) {
        return this.medians.getOrDefault(name, Double.NaN);
    }

    private double ratio(String name, String base) {
        return value(name) / value(base);
    }

    private String rate(String name) {
        return BenchReport.format("%,.0f", value(name));
    }

    private String millis(String micros) {
        return BenchReport.format("%.2f", value(micros) / 1000);
    }

    private static void least(String what, double measured, double goal) {
        BenchReport.row(what, BenchReport.format("%,.2f", measured), verdict(measured, measured >= goal));
    }

    private static void most(String what, double measured, double goal) {
        BenchReport.row(what, BenchReport.format("%,.2f", measured), verdict(measured, measured <= goal));
    }

    private static String verdict(double measured, boolean reached) {
        if (Double.isNaN(measured)) {
            return "not measured";
        }
        return reached ? "yes" : "missed";
    }
}
