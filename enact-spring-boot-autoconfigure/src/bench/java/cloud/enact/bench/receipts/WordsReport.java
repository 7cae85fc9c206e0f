package cloud.enact.bench.receipts;

import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.search.Words;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prints how long pages of receipts take that are found by their words, in an embedded store. Arguments: a folder, a
 * number of receipts; what is there from an earlier call is used again.
 */
public final class WordsReport {

    private static final int ROUNDS = 200;

    private static final int LIMIT = 50;

    private static final ReceiptFilter RARE_ACTOR =
            ReceiptFilter.builder().actor("agent-399@example.org").build();

    private WordsReport() {}

    public static void main(String[] args) throws Exception {
        Path file = GeneratedStores.embedded(Path.of(args[0]), Long.parseLong(args[1]));
        Path words = SqliteWordIndex.beside(file);
        boolean made = Files.exists(words);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                SqliteWordIndex index = SqliteWordIndex.open(words)) {
            if (!made) {
                long start = System.nanoTime();
                long read = new TextProjection(store, index).catchUp();
                System.out.printf(
                        Locale.ROOT, "# indexed %,d receipts in %.0f s%n", read, (System.nanoTime() - start) / 1e9);
            }
            System.out.println("| words | p50 ms | p99 ms | pages with receipts |\n| --- | --- | --- | --- |");
            ReceiptSearch search = new ReceiptSearch(store, index);
            for (String asked : List.of(
                    "invoice",
                    "invoice refund contract",
                    "customer 7 example",
                    "customer 49999",
                    "nosuchword",
                    "invoice nosuchword")) {
                measure(search, asked, ReceiptFilter.all(), asked);
            }
            measure(search, "invoice", RARE_ACTOR, "invoice, of a rare actor");
        }
    }

    /** Pages from the newest on, each timed; from the start again behind the last. */
    private static void measure(ReceiptSearch search, String asked, ReceiptFilter filter, String name) {
        Set<String> words = Words.asked(asked);
        double[] millis = new double[ROUNDS];
        ReceiptCursor after = null;
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            ReceiptPage page = search.find(words, filter, after, LIMIT);
            millis[i] = (System.nanoTime() - start) / 1e6;
            found += page.receipts().isEmpty() ? 0 : 1;
            after = page.next();
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "| %s | %.2f | %.2f | %d |%n", name, millis[ROUNDS / 2], millis[ROUNDS * 99 / 100], found);
    }
}
