package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each start of an application goes on with the log of the one before. */
class LeasedLogTests {

    @TempDir
    Path directory;

    @Test
    void anApplicationLeasesItsLogAndTheNextOneTakesItUp() {
        application().run(first -> {
            String log = first.getBean(ReceiptLog.class).id();
            assertThat(first.getBean(LogLease.class).log()).isEqualTo(log);
            assertThat(first.getBean(ReceiptStore.class).isLeased(log)).isTrue();
        });

        application()
                .run(second -> assertThat(second.getBean(ReceiptStore.class).logs())
                        .containsExactly(second.getBean(ReceiptLog.class).id()));
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }
}
