package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A call whose thread is interrupted while it works has happened, and its record must say so. */
class CancelledCallTests {

    @TempDir
    Path directory;

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted();
    }

    @Test
    void outcomeOfAnInterruptedActionIsRecorded() {
        application().run(context -> {
            assertThat(context.getBean(Ferry.class).cross()).isEqualTo("there");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(kinds(context, "ferry.cross")).containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
            assertThat(context.getBean(GateState.class).unrecordedCount()).isZero();
        });
    }

    @Test
    void failureOfAnInterruptedActionIsRecorded() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Ferry.class).turnBack()).hasMessage("cancelled half-way");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(GateHarness.outcome(context, "ferry.turn_back")).containsEntry("status", "FAILED");
        });
    }

    private static List<ReceiptKind> kinds(ApplicationContext context, String action) {
        return GateHarness.receipts(context, action).stream().map(Receipt::kind).toList();
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.receipts.store=embedded", "enact.receipts.file=" + this.directory.resolve("enact.db"))
                .withBean(Ferry.class);
    }

    static class Ferry {

        @EnactAction("ferry.cross")
        public String cross() {
            Thread.currentThread().interrupt();
            return "there";
        }

        @EnactAction("ferry.turn_back")
        public String turnBack() {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("cancelled half-way");
        }
    }
}
