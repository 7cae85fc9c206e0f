package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whatever moment an application or its database server dies in: captured rows are there exactly with the transactions
 * that took place, a rollback is there as a whole or not at all, and a second one changes nothing. Standard output says
 * with which seed.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RowCrashTests {

    private static final int THREADS = 3;

    private static final int MOST_LINES = 120;

    /** A server takes longer to come back than a directory. */
    private static final int KILLS_OF_FILES_FOR_ONE_OF_ROWS = 4;

    @TempDir
    Path folder;

    private CrashingServer server;

    @BeforeEach
    void start() throws IOException, SQLException {
        Files.createDirectories(Worker.store(this.folder).getParent());
        this.server = new CrashingServer(this.folder.resolve("server"));
        assertThat(this.server.text("SHOW fsync")).isEqualTo("on");
        try (Connection connection = this.server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Ledger.TABLES);
        }
    }

    @AfterEach
    void stop() throws IOException {
        this.server.close();
    }

    @Test
    void anApplicationThatIsKilledAtAnyMoment() throws Exception {
        kill("JVM", child -> {
            child.kill();
            assertThat(child.reports()).noneMatch(report -> report.word().equals(Report.BROKEN));
        });
    }

    @Test
    void aServerThatIsKilledAtAnyMoment() throws Exception {
        kill("server", child -> {
            this.server.kill();
            // they notice, and what they say until then counts
            child.readUntil(Report.BROKEN, THREADS);
            child.kill();
            this.server.restart();
        });
    }

    private void kill(String what, Kill kill) throws Exception {
        int kills = Math.max(2, Effort.kills() / KILLS_OF_FILES_FOR_ONE_OF_ROWS);
        long seed = Long.getLong("enact.faults.seed", System.nanoTime());
        System.out.println("Seed of the kills: " + seed + " (repeat with -Denact.faults.seed=" + seed + ")");
        Random random = new Random(seed);
        int runs = 0;
        int rolledBack = 0;
        for (int i = 0; i < kills; i++) {
            Child child = Child.start(
                    this.folder,
                    RowWorker.class,
                    this.server.url(),
                    Integer.toString(THREADS),
                    Long.toString(random.nextLong()));
            child.read(1 + random.nextInt(MOST_LINES));
            kill.of(child);
            this.server.awaitAlone();

            try (ConfigurableApplicationContext next = RowWorker.start(this.folder, this.server.url())) {
                RowWreck wreck = new RowWreck(this.server, next);
                wreck.assertCapturedIsCommitted();
                for (int owner = 0; owner < THREADS; owner++) {
                    rolledBack += wreck.settle(owner, child.reports());
                }
                wreck.assertCapturedIsCommitted();
                wreck.assertReceiptsAreValid();
            }
            runs += count(child.reports());
        }
        System.out.println("Killed the " + what + " " + kills + " times: of " + runs + " runs " + rolledBack
                + " unfinished runs and rollbacks were rolled back, and all rows were as they should be");
    }

    private static int count(List<Report> reports) {
        return (int) reports.stream()
                .filter(report -> report.word().equals(Report.TRY))
                .count();
    }

    /** How something dies. */
    private interface Kill {

        void of(Child child) throws Exception;
    }
}
