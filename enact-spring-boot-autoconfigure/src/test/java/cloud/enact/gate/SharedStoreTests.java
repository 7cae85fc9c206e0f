package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Several processes that share the embedded store. */
@ExtendWith(OutputCaptureExtension.class)
class SharedStoreTests {

    @TempDir
    Path directory;

    @Test
    void whatAnotherProcessMayBeRunningIsNotReportedInDoubtUntilItIsGone(CapturedOutput output) {
        Path file = this.directory.resolve("enact.db");
        ApplicationContextRunner application = GateHarness.application(this.directory)
                .withPropertyValues("enact.receipts.store=embedded", "enact.receipts.file=" + file);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file)) {
            LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()));
            Receipt open = ReceiptLog.direct(
                            lease.log(),
                            store,
                            ReceiptSigner.hs256("a-secret-for-tests-that-is-long-enough"),
                            Masking.defaults(),
                            Clock.systemUTC())
                    .append(Drafts.decided(Drafts.run()));

            application.run(context -> assertThat(context).hasNotFailed());
            assertThat(output).doesNotContain("in doubt");

            lease.close();
            application.run(context -> assertThat(context).hasNotFailed());
            assertThat(output).contains("1 run is in doubt", open.runId().toString());
        }
    }
}
