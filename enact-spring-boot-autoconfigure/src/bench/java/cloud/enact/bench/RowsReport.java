package cloud.enact.bench;

import java.util.Map;

/** Prints what capturing and restoring rows costs, beside doing without and beside other ways. */
final class RowsReport {

    private static final String BULK = "BulkRowsBenchmark.changeEveryRow ";

    private static final String SINGLE = "RowTransactionBenchmark.changeOneRow ";

    private final Map<String, Double> medians;

    RowsReport(Map<String, Double> medians) {
        this.medians = medians;
    }

    void print() {
        this.medians.keySet().stream()
                .filter(name -> name.startsWith(BULK) && name.indexOf('.', BULK.length()) < 0)
                .forEach(this::bulk);
        for (int clients : new int[] {1, 8}) {
            if (this.medians.containsKey(SINGLE + clients)) {
                single(clients);
            }
        }
    }

    private void bulk(String name) {
        long rows = Long.parseLong(name.substring(BULK.length()));
        BenchReport.heading(
                BenchReport.format("Every row of %,d", rows), "seconds", "microseconds per row", "ratio", "goal");
        bulk(name, "delete", "delete", rows, "");
        bulk(name, "capturedDelete", "delete", rows, "at most 5");
        bulk(name, "clientSideDelete", "delete", rows, "");
        bulk(name, "insertSelect", "insertSelect", rows, "");
        bulk(name, "restoreOfDelete", "insertSelect", rows, "at most 1.5");
        bulk(name, "rowByRowRestore", "insertSelect", rows, "");
        bulk(name, "update", "update", rows, "");
        bulk(name, "capturedUpdate", "update", rows, "at most 1.8");
        bulk(name, "restoreOfUpdate", "update", rows, "");
    }

    private void bulk(String name, String what, String base, long rows, String goal) {
        double millis = this.medians.get(name + "." + what);
        double perRow = perRow(what, millis, rows);
        BenchReport.row(
                what,
                BenchReport.format("%.2f", millis / 1000),
                BenchReport.format("%.2f", perRow),
                BenchReport.format("%.2f", perRow / perRow(base, this.medians.get(name + "." + base), rows)),
                goal);
    }

    /** What passes through the client is done to a tenth of the rows. */
    private static double perRow(String what, double millis, long rows) {
        boolean tenth = what.equals("clientSideDelete") || what.equals("rowByRowRestore");
        return millis * 1000 / (tenth ? rows / 10 : rows);
    }

    private void single(int clients) {
        BenchReport.heading("One row per transaction, clients: " + clients, "per second", "ratio", "goal");
        single(clients, "plain", "");
        single(clients, "bystander", "at least 0.95");
        single(clients, "captured", "at least 0.6");
        single(clients, "clientSide", "");
        double micros = this.medians.get(SINGLE + clients + ".rollbackMicros");
        BenchReport.row(
                "rollback of ten rows, half of them within",
                BenchReport.format("%.1f ms", micros / 1000),
                "",
                "at most 15 ms");
    }

    private void single(int clients, String what, String goal) {
        double rate = this.medians.get(SINGLE + clients + "." + what);
        double plain = this.medians.get(SINGLE + clients + ".plain");
        BenchReport.row(what, BenchReport.format("%,.0f", rate), BenchReport.format("%.2f", rate / plain), goal);
    }
}
