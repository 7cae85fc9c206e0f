package cloud.enact.connector.postgres;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactPostgresAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import java.nio.file.Path;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Whatever applications that undo changes of rows have in common; a test adds the data source. */
final class RowsApplication {

    private RowsApplication() {}

    /**
     * An application that protects all tables of the schema {@code public}.
     *
     * @param database told to the beans as {@code test.database}
     * @param directory keeps its undo data
     */
    static ApplicationContextRunner on(String database, Path directory) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactPostgresAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "test.database=" + database,
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create");
    }
}
