package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.sqlite.Failures;
import java.nio.file.Path;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/** What errors of SQLite mean to the embedded stores. */
final class Failure {

    private Failure() {}

    static Failures<ReceiptStoreException> ofStore(Path file) {
        return of("receipt store", file);
    }

    static Failures<ReceiptStoreException> ofWords(Path file) {
        return of("index of words", file);
    }

    private static Failures<ReceiptStoreException> of(String store, Path file) {
        return new Failures<>(
                store + " " + file.toAbsolutePath().normalize(),
                ReceiptStoreException::new,
                Map.of(
                        SQLiteErrorCode.SQLITE_CONSTRAINT,
                        "An entry for the same place of the log exists, or the file was altered"));
    }
}
