package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whatever moment a JVM dies in: no acknowledged receipt is lost, every log is whole and as its checkpoints say, inside
 * the store and outside, and every file is as before, as after, or comes back when the run in doubt is rolled back.
 * Standard output says with which seed. Six times in a quick build, 200 times with {@code -Pfaults}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTests {

    static final List<String> POINTS = FaultyBeans.POINTS;

    private static final int THREADS = 3;

    private static final int MOST_LINES = 160;

    @TempDir
    Path folder;

    private final Map<String, Long> checked = new HashMap<>();

    private final Set<UUID> open = new HashSet<>();

    @BeforeEach
    void directories() throws IOException {
        Files.createDirectories(Worker.files(this.folder));
    }

    @Test
    void aJvmThatIsKilledAtAnyMomentLosesNothingAndLeavesNothingHalfDone() throws Exception {
        int kills = Effort.kills();
        long seed = Long.getLong("enact.faults.seed", System.nanoTime());
        System.out.println("Seed of the kills: " + seed + " (repeat with -Denact.faults.seed=" + seed + ")");
        Random random = new Random(seed);
        int runs = 0;
        int rolledBack = 0;
        int receipts = 0;
        int doubts = 0;
        long anchors = 0;

        for (int i = 0; i < kills; i++) {
            Child child = Child.start(this.folder, "t", THREADS, random.nextLong(), FaultyBeans.NOWHERE);
            child.read(1 + random.nextInt(MOST_LINES));
            child.kill();

            try (ConfigurableApplicationContext next = Worker.start(this.folder)) {
                Wreck wreck = new Wreck(this.folder, next);
                Records records = wreck.records();
                records.assertNothingAcknowledgedIsLost(child.reports());
                records.assertLogsAreWhole(this.checked, this.open);
                anchors = records.assertAllIsValid();
                // now one way, now the other: looking first, or rolling back what nobody has looked at
                doubts += records.assertDoubtsAreExplained(child.reports(), wreck::isChanged, i % 2 == 0);
                rolledBack += wreck.assertFilesAreWholeAndComeBack(child.reports());
                records.assertNothingStaysInDoubt(child.reports());
                // each JVM takes over the log of the one before
                assertThat(records.store().logs()).hasSize(1);
            }
            runs += count(child, Report.TRY);
            receipts += count(child, Report.RECEIPT);
        }

        assertThat(anchors).isPositive();
        System.out.println("Killed " + kills + " times: " + receipts + " acknowledged receipts of " + runs
                + " runs are all there, as " + anchors + " anchored checkpoints say, " + rolledBack
                + " unfinished runs and rollbacks were rolled back, "
                + doubts + " decisions in doubt were all listed, explained and settled, no file was left half done");
    }

    @ParameterizedTest
    @FieldSource("POINTS")
    void aJvmThatHaltsAtAPointLeavesWhatIsNeededToGoBack(String point) throws Exception {
        Child child = Child.start(this.folder, "t", 1, 7, point);

        assertThat(child.end()).isEqualTo(FaultyBeans.HALTED);

        RunId runId = lastRun(child);
        try (ConfigurableApplicationContext next = Worker.start(this.folder)) {
            Wreck wreck = new Wreck(this.folder, next);
            Records records = wreck.records();
            List<ReceiptKind> kinds = records.kinds(runId);
            assertThat(kinds).isEqualTo(expected(point));
            records.assertNothingAcknowledgedIsLost(child.reports());
            records.assertLogsAreWhole(this.checked, this.open);
            assertThat(this.open).hasSize(kinds.equals(List.of(ReceiptKind.DECIDED)) ? 1 : 0);
            assertThat(records.assertDoubtsAreExplained(child.reports(), wreck::isChanged, false))
                    .isEqualTo(this.open.size());
            assertThat(wreck.assertFilesAreWholeAndComeBack(child.reports())).isEqualTo(this.open.size());
            records.assertNothingStaysInDoubt(child.reports());
            records.assertAllIsValid();
        }
    }

    private static List<ReceiptKind> expected(String point) {
        return switch (point) {
            case "before-decided" -> List.of();
            case "after-completed" -> List.of(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
            default -> List.of(ReceiptKind.DECIDED);
        };
    }

    @Test
    void twoJvmsOnOneStoreWriteLogsOfTheirOwnAndAThirdTakesOverFromTheDead() throws Exception {
        Child staying = Child.start(this.folder, "a", 2, 1, FaultyBeans.NOWHERE);
        Child dying = Child.start(this.folder, "b", 2, 2, FaultyBeans.NOWHERE);
        staying.read(40);
        dying.read(40);
        dying.kill();

        Child next = Child.start(this.folder, "c", 2, 3, FaultyBeans.NOWHERE);
        next.read(40);
        staying.stop();
        next.stop();

        List<Report> reports = new ArrayList<>(staying.reports());
        reports.addAll(dying.reports());
        reports.addAll(next.reports());
        try (ConfigurableApplicationContext after = Worker.start(this.folder)) {
            Wreck wreck = new Wreck(this.folder, after);
            Records records = wreck.records();
            records.assertNothingAcknowledgedIsLost(reports);
            records.assertLogsAreWhole(this.checked, this.open);
            wreck.assertFilesAreWholeAndComeBack(reports);
            records.assertAllIsValid();
            assertThat(records.store().logs()).hasSize(2);
        }
        assertThat(logs(next)).isEqualTo(logs(dying)).doesNotContainAnyElementsOf(logs(staying));
    }

    private static Set<String> logs(Child child) {
        Set<String> logs = new HashSet<>();
        for (Report report : child.reports()) {
            if (report.word().equals(Report.RECEIPT)) {
                logs.add(report.values().get(0));
            }
        }
        return logs;
    }

    private static int count(Child child, String word) {
        return (int) child.reports().stream()
                .filter(report -> report.word().equals(word))
                .count();
    }

    private static RunId lastRun(Child child) {
        List<Report> tried = child.reports().stream()
                .filter(report -> report.word().equals(Report.TRY))
                .toList();
        return RunId.parse(tried.get(tried.size() - 1).values().get(1));
    }
}
