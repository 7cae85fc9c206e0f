package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DamagedConfigurationTests {

    @TempDir
    Path directory;

    @Test
    void anApplicationStartsAfterTheReceiptOfItsConfigurationWasDamagedAndWritesAnother() throws Exception {
        Path file = this.directory.resolve("enact.db");
        ApplicationContextRunner application = GateHarness.application(this.directory)
                .withPropertyValues("enact.receipts.store=embedded", "enact.receipts.file=" + file);
        application.run(context -> assertThat(context).hasNotFailed());
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()))) {
            ReceiptLog.direct(
                            lease.log(),
                            store,
                            ReceiptSigner.hs256("a-secret-for-tests-that-is-long-enough"),
                            Masking.defaults(),
                            Clock.systemUTC())
                    .append(Drafts.blocked(Drafts.run()));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER receipt_entry_no_update");
            assertThat(statement.executeUpdate("UPDATE receipt_entry SET entry = X'00' WHERE kind = 'CONFIG'"))
                    .isEqualTo(1);
        }

        application.run(context -> assertThat(context).hasNotFailed());

        try (SqliteReceiptStore store = SqliteReceiptStore.openReadOnly(file)) {
            ReceiptFilter configured = ReceiptFilter.ofKind(ReceiptKind.CONFIG);
            assertThat(store.query(configured, null, 10).receipts())
                    .extracting(receipt -> receipt.damage() == null)
                    .containsExactly(true, false);
        }
    }
}
