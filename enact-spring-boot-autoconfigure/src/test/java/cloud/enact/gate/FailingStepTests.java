package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.action.Reversibility;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Steps of a connector that fails in ways connectors should not. */
class FailingStepTests {

    @TempDir
    Path directory;

    @Test
    void aStepThatEndsInAnErrorIsOnRecord() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Printer.class).print("jam"))
                    .isInstanceOf(StepFailedException.class);

            assertThat(GateHarness.receipts(context, "printer.print", ReceiptKind.COMPLETED)
                            .get(0)
                            .fields()
                            .get("actions_taken"))
                    .asString()
                    .contains("paper.print", "success=false");
        });
    }

    @Test
    void aCaptureThatEndsInAnErrorStopsNothingWhileObserving() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            assertThat(context.getBean(Printer.class).print("blind")).isEqualTo("printed");

            assertThat(context.getBean(GateState.class).failedOpenCount()).isPositive();
        });
    }

    @Test
    void aCaptureThatEndsInAnErrorStopsTheStep() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Printer.class).print("blind"))
                    .isInstanceOf(StepFailedException.class);

            assertThat(printed(context)).isZero();
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withBean(Printer.class);
    }

    private static int printed(ApplicationContext context) {
        return context.getBean(Printer.class).pages();
    }

    static class Printer {

        private final StepExecutor steps;

        private int pages;

        Printer(StepExecutor steps) {
            this.steps = steps;
        }

        @EnactAction("printer.print")
        public String print(String how) {
            return String.valueOf(this.steps.perform(new Print(how)).output().get("state"));
        }

        int pages() {
            return this.pages;
        }

        private final class Print implements StepOperation {

            private final String how;

            private Print(String how) {
                this.how = how;
            }

            @Override
            public String connector() {
                return "paper";
            }

            @Override
            public String operation() {
                return "print";
            }

            @Override
            public Map<String, @Nullable Object> args() {
                return Map.of("how", this.how);
            }

            @Override
            public Map<String, @Nullable Object> undoArgs() {
                return Map.of();
            }

            @Override
            public Reversibility reversibility() {
                return Reversibility.IRREVERSIBLE;
            }

            @Override
            public @Nullable Capture capture(BlobStore blobs) {
                if (this.how.equals("blind")) {
                    throw new NoClassDefFoundError("eyes");
                }
                return null;
            }

            @Override
            public StepResult apply(@Nullable Capture capture) {
                if (this.how.equals("jam")) {
                    throw new NoClassDefFoundError("tray");
                }
                Printer.this.pages++;
                return new StepResult(Map.of("state", "printed"), null, null);
            }
        }
    }
}
