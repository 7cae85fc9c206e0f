package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/**
 * An application that is started on receipts of an earlier day, with all checkpoints the store itself keeps. What was
 * remembered elsewhere tells. The timeout only ends a test that would hang.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RestoredBackupTests {

    private static final String SINKS = "enact.receipts.checkpoints.sinks.";

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(OneLampApplication.class)
                .withPropertyValues(
                        "enact.receipts.file=" + file(),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.verification.interval=0",
                        "enact.receipts.checkpoints.interval=10ms",
                        SINKS + "file.path=" + this.folder.resolve("elsewhere").resolve("notes.txt"))
                .withPropertyValues(properties);
    }

    private Path file() {
        return this.folder.resolve("store").resolve("enact.db");
    }

    private static void turnOn(ApplicationContext context) {
        context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
    }

    private void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void isRefused(AssertableApplicationContext context, String place) {
        assertThat(context)
                .hasFailed()
                .getFailure()
                .hasStackTraceContaining("a checkpoint in " + place + " says ")
                .hasStackTraceContaining("it was cut, or an old backup was restored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "git"})
    void aStoreThatWasPutBackToAnEarlierDayStopsTheStart(String place) throws IOException {
        String[] properties = place.equals("git")
                ? new String[] {
                    SINKS + "file.enabled=false", SINKS + "git.directory=" + this.folder.resolve("anchors.git")
                }
                : new String[0];
        application(properties).run(RestoredBackupTests::turnOn);
        Path backup = this.folder.resolve("backup.db");
        copy(file(), backup);
        application(properties).run(context -> {
            assertThat(context).hasNotFailed();
            turnOn(context);
        });

        copy(backup, file());

        application(properties).run(context -> isRefused(context, place));
        // it stays refused: the first attempt wrote nothing
        application(properties).run(context -> isRefused(context, place));
    }

    @Test
    void anotherServerRemembersToo() throws Exception {
        String[] properties = {
            SINKS + "file.enabled=false",
            SINKS + "postgres.url=" + PostgresServer.shared().url(database("anchors"))
        };
        application(properties).run(RestoredBackupTests::turnOn);
        Path backup = this.folder.resolve("backup.db");
        copy(file(), backup);
        application(properties).run(RestoredBackupTests::turnOn);

        copy(backup, file());

        application(properties).run(context -> isRefused(context, "postgres"));
    }

    @Test
    void aTailThatWasCutOffWithItsCheckpointsStopsTheStartUpToTheNewestAnchorAndNotBehindIt() throws Exception {
        long[] anchored = new long[1];
        application().run(context -> {
            turnOn(context);
            String log = context.getBean(ReceiptLog.class).id();
            anchored[0] =
                    context.getBean(ReceiptStore.class).head(log).orElseThrow().seq();
        });
        application(
                        "enact.receipts.checkpoints.interval=1h",
                        "enact.receipts.checkpoints.entries=1000000",
                        SINKS + "file.enabled=false")
                .run(RestoredBackupTests::turnOn);

        // what no anchor knows of is exposed, and health said so
        cut(anchored[0]);
        application(SINKS + "log.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());

        cut(anchored[0] - 1);
        application().run(context -> isRefused(context, "file"));
    }

    @Test
    void postgresqlThatWasPutBackStopsTheStart() throws Exception {
        String database = database("receipts");
        String[] properties = {
            "enact.receipts.store=jdbc",
            "enact.receipts.jdbc.initialize-schema=always",
            "spring.datasource.url=" + PostgresServer.shared().url(database),
            "spring.datasource.username=postgres",
            "spring.data.jpa.repositories.enabled=false"
        };
        application(properties).run(RestoredBackupTests::turnOn);
        application(properties).run(RestoredBackupTests::turnOn);

        try (Connection connection = PostgresServer.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("DELETE FROM enact.receipt_entry WHERE seq > 4");
            statement.execute("DELETE FROM enact.receipt_checkpoint WHERE size > 4");
            statement.execute("UPDATE enact.receipt_log SET seq = 4");
        }

        application(properties).run(context -> isRefused(context, "file"));
    }

    @Test
    void aPlaceThatCannotBeReadIsToldAndHoldsNobodyUp(CapturedOutput output) throws Exception {
        Files.createDirectories(this.folder.resolve("elsewhere").resolve("notes.txt"));

        application().run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("goes on without a look at the checkpoints in file")
                .contains("it would not show if an old backup of the receipts was restored");
    }

    private void cut(long last) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER IF EXISTS receipt_entry_no_delete");
            statement.execute("DROP TRIGGER IF EXISTS receipt_checkpoint_no_delete");
            statement.execute("DELETE FROM receipt_entry WHERE seq > " + last);
            statement.execute("DELETE FROM receipt_checkpoint WHERE size > " + last);
        }
    }

    private static String database(String name) throws SQLException {
        String database = name + "_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return database;
    }
}
