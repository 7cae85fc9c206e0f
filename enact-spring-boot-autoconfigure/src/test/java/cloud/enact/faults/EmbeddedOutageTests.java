package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outages of the file that keeps the receipts: before the act they block, after it they leave the action in doubt, and
 * when they are over the same application goes on with a log that is whole.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EmbeddedOutageTests {

    @TempDir
    private Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectories(Worker.store(this.folder).getParent());
    }

    /** An open file can be removed on most systems, and takes every write after that. */
    @ParameterizedTest
    @ValueSource(strings = {"enact.db", "enact.db-wal"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file can't be removed there")
    void aFileThatIsNotWhereItWasTakesNothing(String name) {
        Path file = Worker.store(this.folder).resolveSibling(name);
        Path away = file.resolveSibling("away");
        try (LampApplication application = new LampApplication(this.folder)) {
            application.works();
            application.endsInDoubt(() -> move(file, away));
            application.blocks("is not where it was");
            assertThat(file).doesNotExist();

            move(away, file);
            application.works();

            assertThat(application.doubts()).isEqualTo(1);
            application.verifies();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file can't be exchanged there")
    void anOlderCopyPutInItsPlaceTakesNothing() throws Exception {
        Path file = Worker.store(this.folder);
        Path copy = file.resolveSibling("copy");
        try (LampApplication application = new LampApplication(this.folder)) {
            application.works();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM INTO '" + copy + "'");
            }
            application.works();

            move(copy, file);

            application.blocks("is not where it was");
            application.blocks("is not where it was");
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void aFileThatSomebodyKeepsForFiveSecondsIsWaitedFor() throws Exception {
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try (LampApplication application = new LampApplication(this.folder);
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + Worker.store(this.folder));
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            ScheduledFuture<?> release = other.schedule(() -> statement.execute("ROLLBACK"), 5, TimeUnit.SECONDS);

            application.works();

            release.get();
            assertThat(application.doubts()).isZero();
            application.verifies();
        } finally {
            other.shutdown();
        }
    }
}
