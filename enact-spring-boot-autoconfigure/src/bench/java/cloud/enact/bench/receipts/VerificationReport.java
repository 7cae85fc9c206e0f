package cloud.enact.bench.receipts;

import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Verifies a whole log in an embedded store, and prints how fast. Arguments: a folder, a number of receipts. To be run
 * with a small heap.
 */
public final class VerificationReport {

    private VerificationReport() {}

    public static void main(String[] args) throws Exception {
        long count = Long.parseLong(args[1]);
        Path file = GeneratedStores.embedded(Path.of(args[0]), count);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file)) {
            ReceiptVerifier verifier = new ReceiptVerifier(store, GeneratedStores.keys());
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                Verification verification = verifier.verifyLog(GeneratedStores.LOG);
                double seconds = (System.nanoTime() - start) / 1e9;
                if (!verification.valid() || verification.checked() < count) {
                    throw new IllegalStateException(verification.summary());
                }
                System.out.printf(
                        Locale.ROOT,
                        "%,d receipts verified in %.1f s: %,.0f/s, with a heap of at most %d MB%n",
                        verification.checked(),
                        seconds,
                        verification.checked() / seconds,
                        Runtime.getRuntime().maxMemory() / 1_048_576);
            }
        }
    }
}
