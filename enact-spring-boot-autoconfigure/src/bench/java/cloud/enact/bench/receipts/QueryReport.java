package cloud.enact.bench.receipts;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.search.Words;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Prints how long pages of each filter take in an embedded store of so many receipts, and how long the store takes to
 * open. Arguments: a folder, a number of receipts; what is there from an earlier call is used again.
 */
public final class QueryReport {

    private static final int ROUNDS = 200;

    private static final int LIMIT = 50;

    private QueryReport() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        long count = Long.parseLong(args[1]);
        Path file = folder.resolve("receipts-" + count + ".db");
        boolean made = Files.exists(file);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file)) {
            if (!made) {
                long start = System.nanoTime();
                MadeUpReceipts.append(store, "018f0000-0000-7000-8000-000000000001", count);
                System.out.printf(Locale.ROOT, "made %d receipts in %.1f s%n", count, seconds(start));
            }
            System.out.printf(Locale.ROOT, "%d receipts, %d MB%n", count, Files.size(file) / 1_000_000);
            report(store);
            words(store);
        }
        opening(folder.resolve("empty-" + System.nanoTime() + ".db"), "empty");
        opening(file, count + " receipts");
    }

    private static void words(SqliteReceiptStore store) {
        Path file = SqliteWordIndex.beside(store.file());
        boolean made = Files.exists(file);
        try (SqliteWordIndex index = SqliteWordIndex.open(file)) {
            if (!made) {
                long start = System.nanoTime();
                long read = new TextProjection(store, index).catchUp();
                System.out.printf(Locale.ROOT, "indexed %d receipts in %.1f s%n", read, seconds(start));
            }
            ReceiptSearch search = new ReceiptSearch(store, index);
            for (String query : List.of(
                    "invoice",
                    "invoice refund contract",
                    "customer 7 example",
                    "customer 49999",
                    "nosuchword",
                    "invoice nosuchword")) {
                Set<String> words = Words.asked(query);
                measure("text: " + query, after -> search.find(words, ReceiptFilter.all(), after, LIMIT));
            }
            Set<String> words = Words.asked("invoice");
            ReceiptFilter rare =
                    ReceiptFilter.builder().actor("agent-399@example.org").build();
            measure("text: invoice, of a rare actor", after -> search.find(words, rare, after, LIMIT));
        }
    }

    /** Measures a store that {@link MadeUpReceipts} filled. */
    public static void report(ReceiptStore store) {
        System.out.printf("%-58s %8s %8s %8s %6s%n", "filter", "p50 ms", "p99 ms", "max ms", "found");
        MeasuredFilters.of(store).forEach((name, filter) -> measure(name, after -> store.query(filter, after, LIMIT)));
    }

    /** Pages from the newest on, each timed; from the start again behind the last. */
    private static void measure(String name, Function<ReceiptCursor, ReceiptPage> query) {
        double[] millis = new double[ROUNDS];
        ReceiptCursor after = null;
        long found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            ReceiptPage page = query.apply(after);
            millis[i] = (System.nanoTime() - start) / 1e6;
            found += page.receipts().size();
            after = page.next();
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-58s %8.2f %8.2f %8.2f %6d%n",
                name,
                millis[ROUNDS / 2],
                millis[ROUNDS * 99 / 100],
                millis[ROUNDS - 1],
                found);
    }

    private static void opening(Path file, String what) throws Exception {
        double best = Double.MAX_VALUE;
        double worst = 0;
        for (int i = 0; i < 7; i++) {
            long start = System.nanoTime();
            try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                    LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()))) {
                store.logs();
                store.head(lease.log());
                store.newest(ReceiptFilter.builder()
                        .kind(ReceiptKind.CONFIG)
                        .action("enact.config")
                        .build());
                new InDoubtRuns(store, lease.log()).find(id -> false);
            }
            double millis = (System.nanoTime() - start) / 1e6;
            best = Math.min(best, millis);
            worst = Math.max(worst, millis);
        }
        System.out.printf(Locale.ROOT, "opening, %s: best %.1f ms, worst %.1f ms%n", what, best, worst);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
