package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import io.micrometer.context.ContextSnapshotFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** A tool that puts its work off is not the same call any more when it gets to it. */
class LateCallTests {

    @TempDir
    Path directory;

    @Test
    void workThatIsDoneAfterItsActionHasEndedIsACallOfItsOwn() {
        GateHarness.application(this.directory)
                .withPropertyValues("enact.tools.allow=note")
                .run(context -> {
                    List<String> notes = new ArrayList<>();
                    ToolCallback note = FunctionToolCallback.builder("note", (Map<String, Object> args) -> {
                                notes.add(String.valueOf(args.get("text")));
                                return "noted";
                            })
                            .inputType(Map.class)
                            .build();
                    Enact enact = GateHarness.enact(context);
                    Postponing postponing = new Postponing(enact.gate(note)[0]);

                    assertThat(enact.gate(postponing)[0].call("{\"text\":\"milk\"}"))
                            .isEqualTo("later");
                    assertThat(notes).isEmpty();
                    postponing.work.forEach(Runnable::run);

                    assertThat(notes).containsExactly("milk");
                    assertThat(GateHarness.receipts(context, "note"))
                            .extracting(Receipt::kind)
                            .containsExactly(
                                    ReceiptKind.DECIDED,
                                    ReceiptKind.COMPLETED,
                                    ReceiptKind.DECIDED,
                                    ReceiptKind.COMPLETED);
                });
    }

    /** Keeps the calls of a tool for later, with whatever belongs to the thread. */
    private static final class Postponing implements ToolCallback {

        private final ToolCallback delegate;

        private final List<Runnable> work = new ArrayList<>();

        private Postponing(ToolCallback delegate) {
            this.delegate = delegate;
        }

        @Override
        public ToolDefinition getToolDefinition() {
            return this.delegate.getToolDefinition();
        }

        @Override
        public String call(String input) {
            Runnable call = () -> this.delegate.call(input);
            this.work.add(ContextSnapshotFactory.builder().build().captureAll().wrap(call));
            return "later";
        }
    }
}
