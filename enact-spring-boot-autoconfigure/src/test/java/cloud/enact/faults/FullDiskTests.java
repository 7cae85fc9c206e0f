package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing more: the operating system refuses every byte that the process writes to a file. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limit of another process is set with prlimit")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FullDiskTests {

    private static final String FULL = "0";

    private static final String ROOMY = "unlimited";

    @TempDir
    private Path folder;

    private Child child;

    @BeforeEach
    void start() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit")))
                .as("prlimit is there")
                .isTrue();
        Files.createDirectories(Worker.store(this.folder).getParent());
        this.child = Child.start(this.folder, LampWorker.class);
    }

    /** Begins the action. */
    private void begin() throws Exception {
        this.child.goOn();
        this.child.read(1);
    }

    /** Sees the action through. */
    private Report act() throws Exception {
        begin();
        return isMidway() ? end() : last();
    }

    private Report end() throws Exception {
        begin();
        return last();
    }

    private boolean isMidway() {
        return last().word().equals(LampWorker.MIDWAY);
    }

    private Report last() {
        return this.child.reports().get(this.child.reports().size() - 1);
    }

    private void becomes(String limit) throws Exception {
        this.child.limitFiles(limit);
    }

    private void passes(Report report, String unrecorded) {
        assertThat(report.word()).as("%s", report).isEqualTo(LampWorker.PASSED);
        assertThat(report.values()).containsExactly(unrecorded);
    }

    @Test
    void blocksBeforeTheActAndLeavesItInDoubtAfterwards() throws Exception {
        passes(act(), "0");
        becomes(FULL);
        for (int i = 0; i < 3; i++) {
            assertThat(act().word()).isEqualTo(LampWorker.BLOCKED);
            assertThat(last().values().get(0)).contains("disk");
        }
        becomes(ROOMY);
        passes(act(), "0");

        begin();
        assertThat(isMidway()).isTrue();
        becomes(FULL);
        passes(end(), "1");
        becomes(ROOMY);
        passes(act(), "1");
        this.child.stop();

        try (LampApplication next = new LampApplication(this.folder)) {
            assertThat(next.store().logs()).hasSize(1);
            assertThat(next.doubts()).isEqualTo(1);
            next.verifies();
        }
    }
}
