package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.postgres.OwnDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An application that is started again before the lease of the one that died has ended. */
@ExtendWith(OutputCaptureExtension.class)
class JdbcStartupRecoveryTests {

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase();

    @TempDir
    Path directory;

    private void lease(String log, String time) throws SQLException {
        this.database.execute("UPDATE enact.receipt_log SET expires_at = clock_timestamp() + interval '" + time
                + "' WHERE log = '" + log + "'");
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withUserConfiguration(OneLampApplication.class)
                .withPropertyValues(
                        "enact.signing.secret=" + Drafts.SECRET,
                        "enact.receipts.jdbc.lease=3s",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"))
                .withPropertyValues(this.database.receipts());
    }

    @Test
    void whatTheDeadLeftInDoubtIsToldOnceTheirLeaseHasEnded(CapturedOutput output) throws SQLException {
        String[] log = new String[1];
        application()
                .run(context -> log[0] = context.getBean(ReceiptLog.class)
                        .append(Drafts.decided(Drafts.run()))
                        .log());
        // as the clean end of that application would not have left it
        lease(log[0], "1 hour");

        application().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ReceiptLog.class).id()).isNotEqualTo(log[0]);
            // however long the start took, it was before that
            lease(log[0], "1 second");
            Patience.awaiting("a line in the log")
                    .until(() -> output.getAll().contains("was left in doubt; looking says"));
            assertThat(output.getAll()).containsOnlyOnce("was left in doubt; looking says");
        });
    }
}
