package cloud.enact.approval.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.DocumentApprovalStore;
import cloud.enact.approval.SealedApprovalStoreContract;
import cloud.enact.approval.TestSeal;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SqliteApprovalStoreTests extends SealedApprovalStoreContract {

    @TempDir
    private Path folder;

    private DocumentApprovalStore store;

    private DocumentApprovalStore other;

    @BeforeEach
    void open() {
        this.store = open(new TestSeal(), null);
        this.other = open(new TestSeal(), null);
    }

    @AfterEach
    void close() {
        this.store.close();
        this.other.close();
    }

    @Override
    protected ApprovalStore store() {
        return this.store;
    }

    @Override
    protected ApprovalStore other() {
        return this.other;
    }

    @Override
    protected DocumentApprovalStore open(ApprovalSeal seal, @Nullable ApprovalEncryption encryption) {
        return SqliteApprovalStore.open(file(), seal, encryption, RETENTION);
    }

    private Path file() {
        return this.folder.resolve("state/receipts.db");
    }

    @Override
    protected void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(this.folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Override
    protected String replaced(String column, String oldHex, String newHex) {
        return "CAST(replace(CAST(" + column + " AS TEXT), CAST(x'" + oldHex + "' AS TEXT), CAST(x'" + newHex
                + "' AS TEXT)) AS BLOB)";
    }

    @Override
    protected String zeros(int count) {
        return "zeroblob(" + count + ")";
    }

    @Test
    void theFileIsForItsOwnerAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws SQLException {
        execute("UPDATE enact_schema SET version = 2 WHERE component = 'approval'");

        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> open(new TestSeal(), null))
                .withMessageContaining("newer version");
    }

    @Test
    void receiptsMayBeInTheSameFile() {
        try (SqliteReceiptStore receipts = SqliteReceiptStore.open(file())) {
            this.store.open(this.samples.request("call-1"));
            assertThat(this.other.findOpen("call-1")).isPresent();
        }
    }

    @Test
    void aStoreThatIsClosedSaysSo() {
        this.store.close();

        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> this.store.open(this.samples.request("call-1")))
                .withMessageContaining("can't be written");
    }

    @Test
    void aFileThatWasTakenAwayTakesNoRequest() throws IOException {
        Files.delete(file());

        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> this.store.open(this.samples.request("call-1")))
                .withMessageContaining("is not where it was");
    }

    @Test
    void moreRowsOfSomebodyElseThanAnybodyCanPassOverAreToldAndFillNoLog(CapturedOutput output) throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        forge(10_001, "0");

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ApprovalStoreException.class)
                    .isThrownBy(() -> store().findOpen(null, 2))
                    .withMessageContaining("Find out who can write there");
        }

        assertThat(store().findNewest(null, 1)).containsExactly(request);
        assertThat(output.getAll().lines().filter(line -> line.contains("is left out")))
                .hasSize(1);
    }
}
