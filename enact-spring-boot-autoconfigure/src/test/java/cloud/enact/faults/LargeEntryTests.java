package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An action with very large arguments, in both stores. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LargeEntryTests {

    private static final int LARGE = 20_000_000;

    /** More than any store gives back as one entry. */
    private static final int TOO_LARGE = 70_000_000;

    private final String schema = "large_" + UUID.randomUUID().toString().replace('-', '_');

    @TempDir
    private Path folder;

    @BeforeEach
    void create() throws Exception {
        Files.createDirectories(Worker.store(this.folder).getParent());
    }

    @AfterEach
    void drop() throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + this.schema + " CASCADE");
        }
    }

    private LampApplication application(String store, String size) {
        return new LampApplication(
                this.folder,
                "enact.receipts.store=" + store,
                "enact.receipts.jdbc.initialize-schema=always",
                "enact.receipts.jdbc.schema=" + this.schema,
                "enact.receipts.timeout=2m",
                "enact.receipts.jdbc.timeout=1m",
                "enact.receipts.size=" + size,
                "enact.receipts.field-length=" + ((size.equals("64KB")) ? 4096 : 100_000_000),
                "spring.datasource.url=" + PostgresServer.shared().url("postgres"));
    }

    private static Receipt decided(LampApplication application) {
        return application
                .store()
                .query(ReceiptFilter.ofKind(ReceiptKind.DECIDED), null, 1)
                .receipts()
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "jdbc"})
    void aReceiptHoldsADigestOfThemByDefault(String store) {
        try (LampApplication application = application(store, "64KB")) {
            application.lamp().on("x".repeat(LARGE), () -> {});

            assertThat(decided(application).size()).isLessThan(64 * 1024);
            application.verifies();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "jdbc"})
    void aReceiptHoldsThemWhereThatIsWanted(String store) throws Exception {
        try (LampApplication application = application(store, "90MB")) {
            application.lamp().on("x".repeat(LARGE), () -> {});
            application.lamp().on("y".repeat(LARGE), () -> {});

            assertThat(decided(application).size()).isGreaterThan(LARGE);
            ReceiptExport.Written written = new ReceiptExport(application.store())
                    .write(ReceiptFilter.all(), ExportFormat.NDJSON, OutputStream.nullOutputStream());
            assertThat(written.damaged()).isZero();
            application.verifies();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "jdbc"})
    void aReceiptThatNobodyCouldReadAgainIsNotWritten(String store) {
        try (LampApplication application = application(store, "90MB")) {
            application.works();
            String note = "x".repeat(TOO_LARGE);

            application.blocks(note, "enact.receipts.size");

            application.works();
            application.verifies();
        }
    }
}
