package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Two applications in one JVM, each with a gate and policies of its own. */
class TwoGatesTests {

    @TempDir
    Path first;

    @TempDir
    Path second;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void toolThatAnotherGateWrappedIsJudgedByThisOneToo() {
        withGatedElsewhere(tool -> forbidding().run(context -> {
            chat(context, tool);

            assertThat(this.calls).hasValue(0);
            assertThat(GateHarness.receipts(context, "ping"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
        }));
    }

    @Test
    void beanThatAnotherGateWrappedIsJudgedByThisOneToo() {
        withGatedElsewhere(tool -> forbidding()
                .withBean("ping", ToolCallback.class, () -> tool)
                .withBean(ToolCallbackProvider.class, () -> ToolCallbackProvider.from(List.of(tool)))
                .run(context -> {
                    context.getBean("ping", ToolCallback.class).call("{}");
                    context.getBean(ToolCallbackProvider.class)
                            .getToolCallbacks()[0]
                            .call("{}");

                    assertThat(this.calls).hasValue(0);
                    assertThat(GateHarness.receipts(context, "ping")).hasSize(2);
                }));
    }

    @Test
    void chatClientPastThisGateIsCountedAlthoughItsToolsPassAnother() {
        withGatedElsewhere(tool -> forbidding().run(context -> {
            GateHarness.model(context).thenCalls("ping", "{}");

            ChatClient.create(context.getBean(ChatModel.class))
                    .prompt("Ping")
                    .tools(tool)
                    .call()
                    .content();

            assertThat(context.getBean(GateState.class).bypassCount()).isPositive();
        }));
    }

    @Test
    void toolThatBothLetThroughRunsOnceAndIsOnBothRecords() {
        application(this.first).run(one -> {
            ToolCallback tool = GateHarness.enact(one).gate(tool())[0];
            application(this.second).run(two -> {
                chat(two, tool);

                assertThat(this.calls).hasValue(1);
                assertThat(GateHarness.receipts(one, "ping", ReceiptKind.COMPLETED))
                        .hasSize(1);
                assertThat(GateHarness.receipts(two, "ping", ReceiptKind.COMPLETED))
                        .hasSize(1);
            });
        });
    }

    private void withGatedElsewhere(Consumer<ToolCallback> test) {
        application(this.first)
                .run(context -> test.accept(GateHarness.enact(context).gate(tool())[0]));
    }

    private static void chat(ApplicationContext context, ToolCallback tool) {
        GateHarness.model(context).thenCalls("ping", "{}");
        GateHarness.chatClient(context).prompt("Ping").tools(tool).call().content();
    }

    private ToolCallback tool() {
        return FunctionToolCallback.builder("ping", () -> "pong " + this.calls.incrementAndGet())
                .description("Pings")
                .build();
    }

    private ApplicationContextRunner forbidding() {
        return application(this.second)
                .withPropertyValues(
                        "enact.policies[0].name=no-ping",
                        "enact.policies[0].block=true",
                        "enact.policies[0].on=ping",
                        "enact.policies[0].reason=Not here.");
    }

    private static ApplicationContextRunner application(Path directory) {
        return GateHarness.application(directory).withPropertyValues("enact.tools.unannotated=allow");
    }
}
