package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.jdbc.JdbcUndoLog;
import cloud.enact.undo.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application without SQLite. */
class NoEmbeddedDatabaseTests {

    private final String schema = "node " + UUID.randomUUID();

    @TempDir
    private Path folder;

    @AfterEach
    void drop() throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String suffix : new String[] {"", "_keys"}) {
                statement.execute("DROP SCHEMA IF EXISTS \"" + this.schema + suffix + "\" CASCADE");
            }
        }
    }

    @Test
    void receiptsAndUndoLogAreInPostgresAlone() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader("org.sqlite"))
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        EnactJdbcReceiptAutoConfiguration.class,
                        EnactJdbcUndoAutoConfiguration.class,
                        EnactJdbcEncryptionAutoConfiguration.class,
                        EnactEncryptionAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class))
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.store=jdbc",
                        "enact.receipts.jdbc.schema=" + this.schema,
                        "enact.receipts.jdbc.initialize-schema=always",
                        "enact.receipts.encryption.enabled=true",
                        "enact.receipts.encryption.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                        "enact.receipts.file=" + this.folder.resolve("enact.db"),
                        "spring.datasource.url=" + PostgresServer.shared().url("postgres"),
                        "spring.datasource.username=postgres")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ReceiptLog.class)
                        .hasSingleBean(JdbcUndoLog.class));
    }
}
