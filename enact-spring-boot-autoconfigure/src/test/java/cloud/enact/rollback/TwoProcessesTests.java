package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that share the embedded stores, such as an application and the command line. */
class TwoProcessesTests {

    @TempDir
    private Path folder;

    @Test
    void whatOneProcessTakesBackAnotherLeavesAlone() throws Exception {
        try (RefundDesk desk = new RefundDesk(this.folder, () -> {})) {
            RunId run = desk.charge();
            RunId other = desk.charge();
            try (Other process = new Other(this.folder, run)) {
                assertThat(process.line()).isEqualTo("paying");

                RollbackReport report = desk.rollback(run);

                assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
                assertThat(report.message()).contains("being rolled back right now", "another one");
                assertThat(desk.paid()).isZero();
                assertThat(desk.rollback(other).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                process.goOn();
                assertThat(process.line()).isEqualTo("result ROLLED_BACK");
            }
            assertThat(desk.rollback(run).repeated()).isTrue();
            assertThat(desk.paid()).isEqualTo(2);
        }
    }

    @Test
    void whatADeadProcessTookBackCanBeTakenUpAtOnce() throws Exception {
        try (RefundDesk desk = new RefundDesk(this.folder, () -> {})) {
            RunId run = desk.charge();
            try (Other process = new Other(this.folder, run)) {
                assertThat(process.line()).isEqualTo("paying");
            }

            assertThat(desk.rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(desk.paid()).isEqualTo(1);
        }
    }

    @Test
    void whatMayRunInAnotherProcessIsLeftAloneUntilThatIsGone() {
        RunId run;
        try (RefundDesk desk = new RefundDesk(this.folder, () -> {})) {
            try (RefundDesk other = new RefundDesk(this.folder, () -> {})) {
                run = other.begin();

                RollbackReport preview = desk.preview(run);
                RollbackReport report = desk.rollback(run);

                assertThat(preview.result()).isEqualTo(RollbackResult.REFUSED);
                assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
                assertThat(report.message()).contains("still running", other.log());
                assertThat(other.rollback(run).result()).isNotEqualTo(RollbackResult.REFUSED);
            }
            assertThat(desk.preview(run).result()).isNotEqualTo(RollbackResult.REFUSED);
        }
    }

    /** Another JVM that rolls a run back and waits before its first step; closing kills it. */
    private static final class Other implements AutoCloseable {

        private final Process process;

        private final BufferedReader output;

        private Other(Path folder, RunId run) throws IOException {
            this.process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            SlowRollback.class.getName(),
                            folder.toString(),
                            run.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            this.output =
                    new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
        }

        private String line() throws IOException {
            return this.output.readLine();
        }

        private void goOn() throws IOException {
            this.process.getOutputStream().close();
        }

        @Override
        public void close() throws InterruptedException {
            this.process.destroyForcibly().waitFor();
        }
    }
}
