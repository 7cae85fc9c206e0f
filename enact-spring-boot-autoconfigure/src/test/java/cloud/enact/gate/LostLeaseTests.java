package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stood still for so long that others were free to take its receipt log over. */
class LostLeaseTests {

    @TempDir
    Path directory;

    @Test
    void anActionThatWasUnderWayThenChangesNothingMoreAndTheNextOneDoes() {
        GateHarness.withFiles(this.directory)
                .withBean(Lapse.class)
                .withBean(Clerk.class)
                .run(context -> {
                    Clerk clerk = context.getBean(Clerk.class);
                    Lapse lease = context.getBean(Lapse.class);

                    assertThatThrownBy(() -> clerk.file("a.txt", lease::lapse))
                            .hasMessageContaining("others may have taken receipt log");

                    assertThat(this.directory.resolve("files/a.txt")).doesNotExist();
                    assertThat(GateHarness.outcome(context, "clerk.file")).containsEntry("status", "FAILED");

                    clerk.file("b.txt", () -> {});

                    assertThat(this.directory.resolve("files/b.txt")).exists();
                    assertThat(GateHarness.receipts(context, "clerk.file", ReceiptKind.COMPLETED))
                            .hasSize(2);
                });
    }

    static class Clerk {

        private final FilesystemConnector files;

        Clerk(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("clerk.file")
        public void file(String name, Runnable meanwhile) {
            meanwhile.run();
            this.files.writeFile(name, "filed");
        }
    }

    /** A lease that was not renewed in time, and then was. */
    static class Lapse implements LogLease {

        private final AtomicLong since = new AtomicLong(System.nanoTime());

        void lapse() {
            this.since.set(System.nanoTime());
        }

        @Override
        public String log() {
            return "a-log";
        }

        @Override
        public boolean isHeldSince(long nanoTime) {
            return this.since.get() - nanoTime <= 0;
        }

        @Override
        public void close() {
            // nobody else wants it
        }
    }
}
