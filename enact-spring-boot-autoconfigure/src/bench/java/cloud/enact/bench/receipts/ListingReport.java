package cloud.enact.bench.receipts;

import cloud.enact.bench.durable.ReceiptServer;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how long pages of each filter take in a small and in a large store, beside each other. Arguments: {@code
 * embedded} or {@code postgres}, a folder, number of receipts of the small and of the large one.
 */
public final class ListingReport {

    private static final int ROUNDS = 400;

    private static final int LIMIT = 50;

    /** Milliseconds. */
    private static final double GOAL = 20;

    private static final double GOAL_RATIO = 2;

    private ListingReport() {}

    private record Times(double p50, double p99) {}

    public static void main(String[] args) throws Exception {
        boolean embedded = args[0].equals("embedded");
        Path folder = Path.of(args[1]);
        long few = Long.parseLong(args[2]);
        long many = Long.parseLong(args[3]);
        Map<String, Times> small = embedded ? embedded(folder, few) : postgres(folder, few);
        Map<String, Times> large = embedded ? embedded(folder, many) : postgres(folder, many);
        System.out.printf(
                Locale.ROOT,
                "%n| a page of %d in the %s store | p50 ms of %,d | of %,d | p99 ms of %,d | of %,d | ratio of p99 | goal"
                        + " |%n| --- | --- | --- | --- | --- | --- | --- |%n",
                LIMIT,
                args[0],
                few,
                many,
                few,
                many);
        small.forEach((filter, times) -> print(filter, times, large.get(filter)));
    }

    private static void print(String filter, Times small, Times large) {
        double ratio = large.p99() / small.p99();
        boolean reached = large.p99() <= GOAL && ratio <= GOAL_RATIO;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %s |%n",
                filter,
                small.p50(),
                large.p50(),
                small.p99(),
                large.p99(),
                ratio,
                reached ? "" : "missed");
    }

    private static Map<String, Times> embedded(Path folder, long count) throws Exception {
        try (SqliteReceiptStore store = SqliteReceiptStore.open(GeneratedStores.embedded(folder, count))) {
            return measure(store);
        }
    }

    private static Map<String, Times> postgres(Path folder, long count) throws Exception {
        try (ReceiptServer server = GeneratedStores.postgres(folder, count);
                JdbcReceiptStore store = JdbcReceiptStore.open(server.source(), JdbcReceiptOptions.defaults())) {
            System.out.println("# " + count + " receipts in "
                    + server.text("SELECT pg_size_pretty(pg_database_size(current_database()))"));
            return measure(store);
        }
    }

    private static Map<String, Times> measure(ReceiptStore store) {
        Map<String, ReceiptFilter> filters = MeasuredFilters.of(store);
        Map<String, Times> times = new LinkedHashMap<>();
        filters.values().forEach(filter -> times(store, filter));
        filters.forEach((name, filter) -> times.put(name, times(store, filter)));
        return times;
    }

    /** Pages from the newest on; from the start again behind the last. */
    private static Times times(ReceiptStore store, ReceiptFilter filter) {
        double[] millis = new double[ROUNDS];
        ReceiptCursor after = null;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            ReceiptPage page = store.query(filter, after, LIMIT);
            millis[i] = (System.nanoTime() - start) / 1e6;
            after = page.next();
        }
        Arrays.sort(millis);
        return new Times(millis[ROUNDS / 2], millis[ROUNDS * 99 / 100]);
    }
}
