package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A policy that is enforced on its own holds while the application observes, whatever the arguments look like. */
class EnforcedWhileObservingTests {

    private static final String TWICE = "{\"amount\":1,\"amount\":1000}";

    @TempDir
    Path directory;

    @Test
    void argumentsThatNoPolicyCanReadDoNotGetPastIt() {
        application("refund", "args.amount > 500").run(context -> {
            List<Object> refunds = new ArrayList<>();
            ToolCallback refund = GateHarness.enact(context).gate(refund(refunds))[0];

            assertThat(refund.call(TWICE)).contains("BLOCK", "enact.arguments");

            assertThat(refunds).isEmpty();
            assertThat(GateHarness.receipts(context, "refund"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
        });
    }

    @Test
    void argumentThatDoesNotExistDoesNotGetPastIt() {
        application("desk.restart", "actor.id != 'ann'").run(context -> {
            Desk desk = context.getBean(Desk.class);
            ToolCallback restart = GateHarness.enact(context).gate(desk)[0];

            assertThat(restart.call("{\"please\":true}")).contains("BLOCK");

            assertThat(desk.restarts).isZero();
        });
    }

    @Test
    void elsewhereTheyStopNothingAsBefore() {
        application("desk.restart", "actor.id != 'ann'").run(context -> {
            List<Object> refunds = new ArrayList<>();
            ToolCallback refund = GateHarness.enact(context).gate(refund(refunds))[0];

            assertThat(refund.call(TWICE)).contains("refunded");

            assertThat(GateHarness.receipts(context, "refund", ReceiptKind.COMPLETED))
                    .hasSize(1);
        });
    }

    private static ToolCallback refund(List<Object> refunds) {
        return FunctionToolCallback.builder("refund", (Map<String, Object> args) -> {
                    refunds.add(args.get("amount"));
                    return "refunded";
                })
                .inputType(Map.class)
                .build();
    }

    private ApplicationContextRunner application(String action, String expression) {
        return GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.mode=observe",
                        "enact.tools.allow=refund",
                        "enact.policies[0].name=strict",
                        "enact.policies[0].on=" + action,
                        "enact.policies[0].block=" + expression,
                        "enact.policies[0].reason=Not this.",
                        "enact.policies[0].mode=enforce")
                .withBean(Desk.class);
    }

    static class Desk {

        private int restarts;

        @Tool(description = "Restarts")
        @EnactAction("desk.restart")
        public String restart() {
            this.restarts++;
            return "restarted";
        }
    }
}
