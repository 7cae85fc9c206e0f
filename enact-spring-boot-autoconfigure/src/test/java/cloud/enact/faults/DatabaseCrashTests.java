package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Receipts in PostgreSQL, and whatever moment the application, its database server, or both die in: no acknowledged
 * receipt is lost, the log is whole and as its checkpoints say, inside the store and outside, and what became of each
 * action in doubt is found out. Standard output says with which seed. A quick build kills ten times, each of the three
 * and looked at in both ways; {@code -Pfaults} 200 times.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class DatabaseCrashTests {

    private static final int LEAST_KILLS = 10;

    private static final int MOST_LINES = 160;

    @TempDir
    private Path folder;

    private CrashingServer server;

    private final Map<String, Long> checked = new HashMap<>();

    private final Set<UUID> open = new HashSet<>();

    private final Map<Victim, Integer> victims = new EnumMap<>(Victim.class);

    private final Tally tally = new Tally();

    @BeforeEach
    void start() throws IOException, SQLException {
        Files.createDirectories(Worker.store(this.folder).getParent());
        Files.createDirectories(Worker.files(this.folder));
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
    void anApplicationAndItsDatabaseThatAreKilledAtAnyMomentLoseNothing() throws Exception {
        int kills = Math.max(LEAST_KILLS, Effort.kills());
        long seed = Long.getLong("enact.faults.seed", System.nanoTime());
        System.out.println("Seed of the kills: " + seed + " (repeat with -Denact.faults.seed=" + seed + ")");
        Random random = new Random(seed);

        for (int i = 0; i < kills; i++) {
            // each of them in turn, whatever the seed
            Victim victim = Victim.values()[i % Victim.values().length];
            Child child =
                    Child.start(this.folder, DatabaseWorker.class, this.server.url(), Long.toString(random.nextLong()));
            child.read(1 + random.nextInt(MOST_LINES));
            kill(victim, child, random);
            this.victims.merge(victim, 1, Integer::sum);
            look(child.reports(), i % 2 == 0);
        }

        System.out.println("Killed " + kills + " times (" + this.victims + "): " + this.tally);
    }

    private void kill(Victim victim, Child child, Random random) throws Exception {
        switch (victim) {
            case APPLICATION -> {
                child.kill();
                assertThat(child.reports())
                        .noneMatch(report -> report.word().equals(Report.BROKEN) && !isStandstill(report));
            }
            case SERVER -> {
                // one that has not started yet does not start without its database
                child.readUntil(Report.TRY, 1);
                this.server.kill();
                this.server.restart();
                // the application goes on by itself, and dies later
                child.readUntil(Report.RECEIPT, count(child.reports(), Report.RECEIPT) + 1 + random.nextInt(80));
                child.kill();
            }
            case BOTH -> {
                if (random.nextBoolean()) {
                    child.kill();
                    this.server.kill();
                } else {
                    this.server.kill();
                    child.kill();
                }
                this.server.restart();
            }
        }
        this.server.awaitAlone();
    }

    private void look(List<Report> reports, boolean settle) throws Exception {
        endLeases();
        try (ConfigurableApplicationContext next = DatabaseWorker.start(this.folder, this.server.url())) {
            Wreck files = new Wreck(this.folder, next);
            RowWreck rows = new RowWreck(this.server, next);
            Records records = files.records();
            records.assertNothingAcknowledgedIsLost(reports);
            records.assertLogsAreWhole(this.checked, this.open);
            this.tally.anchors = records.assertAllIsValid();
            rows.assertCapturedIsCommitted();
            // now one way, now the other: looking first, or rolling back what nobody has looked at
            this.tally.doubts += records.assertDoubtsAreExplained(
                    reports, tried -> isAboutFiles(tried) ? files.isChanged(tried) : rows.isChanged(tried), settle);
            this.tally.rolledBack += files.assertFilesAreWholeAndComeBack(
                    reports.stream().filter(DatabaseCrashTests::isAboutFiles).toList());
            for (int owner : owners(reports)) {
                this.tally.rolledBack += rows.settle(owner, reports);
            }
            rows.assertCapturedIsCommitted();
            records.assertNothingStaysInDoubt(reports);
            // each application takes over the log of the one before
            assertThat(records.store().logs()).hasSize(1);
            this.tally.entries = records.store()
                    .head(records.store().logs().get(0))
                    .map(Receipt::seq)
                    .orElseThrow();
        }
        this.tally.receipts += count(reports, Report.RECEIPT);
        this.tally.runs += count(reports, Report.TRY);
    }

    /** The dead don't renew: what waiting for that takes is taken off each kill. */
    private void endLeases() throws Exception {
        for (String leased : List.of("enact.receipt_log", "enact.undo_claim")) {
            if (this.server.text("SELECT to_regclass('" + leased + "')") != null) {
                try (Connection connection = this.server.connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("UPDATE " + leased + " SET expires_at = clock_timestamp()");
                }
            }
        }
    }

    /** A busy machine may let a process stand still for longer than its log is leased, which it notices by itself. */
    private static boolean isStandstill(Report broken) {
        return broken.values().get(0).contains("was_not_heard_of_for_so_long");
    }

    private static boolean isAboutFiles(Report report) {
        return isAboutARun(report) && report.values().get(0).startsWith(DatabaseWorker.FILES);
    }

    private static boolean isAboutARun(Report report) {
        return !report.word().equals(Report.RECEIPT) && !report.word().equals(Report.BROKEN);
    }

    private static Set<Integer> owners(List<Report> reports) {
        Set<Integer> owners = new TreeSet<>();
        for (Report report : reports) {
            if (isAboutARun(report) && !isAboutFiles(report)) {
                owners.add(Integer.parseInt(report.values().get(0)));
            }
        }
        return owners;
    }

    private static int count(List<Report> reports, String word) {
        return (int)
                reports.stream().filter(report -> report.word().equals(word)).count();
    }

    /** Who dies. */
    private enum Victim {
        APPLICATION,
        SERVER,
        BOTH
    }

    /** What was seen. */
    private static final class Tally {

        private int receipts;

        private int runs;

        private int rolledBack;

        private int doubts;

        private long anchors;

        private long entries;

        @Override
        public String toString() {
            return this.receipts + " acknowledged receipts of " + this.runs + " runs are all there, in one log of "
                    + this.entries + " entries without a gap, as " + this.anchors + " anchored checkpoints say; "
                    + this.rolledBack + " unfinished runs and rollbacks were rolled back, " + this.doubts
                    + " decisions in doubt were all listed, explained and settled";
        }
    }
}
