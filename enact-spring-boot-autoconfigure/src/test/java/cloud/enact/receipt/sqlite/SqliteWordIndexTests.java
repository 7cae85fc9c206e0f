package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.search.ReceiptSearchContract;
import cloud.enact.receipt.search.WordIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteWordIndexTests extends ReceiptSearchContract {

    @TempDir
    private Path folder;

    private SqliteWordIndex index;

    @BeforeEach
    void open() {
        this.index = SqliteWordIndex.open(file());
    }

    @AfterEach
    void close() {
        this.index.close();
    }

    private Path file() {
        return this.folder.resolve("enact-search.db");
    }

    @Override
    protected WordIndex index() {
        return this.index;
    }

    @Test
    void itsFileStandsBesideTheStoreAndIsForItsOwnerOnly() throws Exception {
        assertThat(SqliteWordIndex.beside(this.folder.resolve("enact.db"))).isEqualTo(file());
        assertThat(SqliteWordIndex.beside(this.folder.resolve("receipts")))
                .isEqualTo(this.folder.resolve("receipts-search"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aDamagedFileIsMadeAnew() throws Exception {
        this.index.close();
        Files.writeString(
                file(), "this is no database, and has been one for long enough to be taken for it".repeat(99));

        this.index = SqliteWordIndex.open(file());

        receiptsAreFoundByAllTheirWordsWhateverTheOrder();
    }

    @Test
    void aReaderNeedsAnIndexThatIsThere() {
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteWordIndex.openReadOnly(this.folder.resolve("none.db")))
                .withMessageContaining("reindex");
    }
}
