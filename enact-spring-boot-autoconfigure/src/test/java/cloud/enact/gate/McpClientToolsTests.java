package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.mcp.AsyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.McpToolNamePrefixGenerator;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Tools of MCP servers: named by the connection the application configured, never by what a server says. */
class McpClientToolsTests {

    private final RemoteTools server = new RemoteTools("forecast", "weather", "crm.delete");

    @TempDir
    Path directory;

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void remoteToolIsBlockedUnderTheNameOfItsConnection(boolean stream) {
        application().run(context -> {
            chat(context, stream, "forecast", context.getBean(SyncMcpToolCallbackProvider.class));

            assertThat(GateHarness.receipts(context, "mcp.github.forecast"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("'mcp.github.forecast'");
            assertThat(this.server.calls()).isEmpty();
        });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void remoteToolThatIsAllowedIsCalledOnce(boolean stream) {
        application().withPropertyValues("enact.tools.allow=mcp.github.*").run(context -> {
            chat(context, stream, "forecast", context.getBean(SyncMcpToolCallbackProvider.class));

            assertThat(GateHarness.receipts(context, "mcp.github.forecast", ReceiptKind.COMPLETED))
                    .hasSize(1);
            assertThat(this.server.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.arguments()).isEqualTo(Map.of("city", "Oslo")));
        });
    }

    @Test
    void toolsOfAnotherConnectionAreNotAllowedAlong() {
        application().withPropertyValues("enact.tools.allow=mcp.github.*").run(context -> {
            chat(context, false, "forecast", callbacks("evil.github"));
            chat(context, false, "forecast", callbacks("github.evil"));

            assertThat(this.server.calls()).isEmpty();
            assertThat(GateHarness.receipts(context, "mcp.github_evil-x714c270c306c7f59.forecast"))
                    .hasSize(1);
        });
    }

    @Test
    void remoteToolNeverHasTheNameOfALocalOne() {
        application().withPropertyValues("enact.tools.allow=weather,crm.*").run(context -> {
            chat(context, false, "weather", callbacks("github"));
            chat(context, false, "crm.delete", callbacks("github"));

            assertThat(this.server.calls()).isEmpty();
            assertThat(GateHarness.receipts(context, "weather")).isEmpty();
            assertThat(GateHarness.receipts(context, "crm.delete")).isEmpty();
            assertThat(GateHarness.receipts(context, "mcp.github.crm.delete")).hasSize(1);
        });
    }

    @Test
    void decoratedRemoteToolKeepsItsName() {
        application().withPropertyValues("enact.tools.allow=weather").run(context -> {
            ToolCallback remote = callbacks("github")[1];
            assertThat(remote.getToolDefinition().name()).isEqualTo("weather");

            chat(context, false, "weather", new AugmentedToolCallback<>(remote, Thought.class, event -> {}, true));

            assertThat(this.server.calls()).isEmpty();
            assertThat(GateHarness.receipts(context, "mcp.github.weather")).hasSize(1);
        });
    }

    @Test
    void asynchronousClientsAreNamedTheSameWay() {
        application()
                .withPropertyValues("enact.tools.allow=mcp.github.forecast")
                .run(context -> {
                    chat(
                            context,
                            false,
                            "forecast",
                            AsyncMcpToolCallbackProvider.builder()
                                    .mcpClients(this.server.asyncClient("github"))
                                    .toolNamePrefixGenerator(McpToolNamePrefixGenerator.noPrefix())
                                    .build());

                    assertThat(this.server.calls()).hasSize(1);
                    assertThat(GateHarness.receipts(context, "mcp.github.forecast"))
                            .hasSize(2);
                });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void runAndActorAreNeverSentToTheServer(boolean stream) {
        application().withPropertyValues("enact.tools.allow=mcp.*").run(context -> {
            GateHarness.model(context).thenCalls("forecast", "{\"city\":\"Oslo\"}");
            ChatClient.ChatClientRequestSpec spec = GateHarness.chatClient(context)
                    .prompt("How is the weather?")
                    .tools(context.getBean(SyncMcpToolCallbackProvider.class))
                    .toolContext(Map.of(Enact.ACTOR, Actor.of("ann@example.com", "admin"), "tenant", "acme"));

            read(spec, stream);

            assertThat(GateHarness.receipts(context, "mcp.github.forecast"))
                    .extracting(Receipt::actor)
                    .containsOnly("ann@example.com");
            assertThat(this.server.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.meta()).isEqualTo(Map.of("tenant", "acme")));
        });
    }

    @Test
    void serverIsNotAskedForItsToolsAtStartUp() {
        application().run(context -> {
            assertThat(context).hasNotFailed();

            assertThat(this.server.methods()).isEmpty();
        });
    }

    @Test
    void localToolThatLooksRemoteIsNotAllowedAsOne() {
        application().withPropertyValues("enact.tools.allow=mcp.github.*").run(context -> {
            chat(context, false, "mcp.github.forecast", new Impostor());

            assertThat(GateHarness.receipts(context, "tool.mcp.github.forecast"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
        });
    }

    private static void chat(ApplicationContext context, boolean stream, String tool, Object tools) {
        GateHarness.model(context).thenCalls(tool, "{\"city\":\"Oslo\"}");
        read(GateHarness.chatClient(context).prompt("How is the weather?").tools(tools), stream);
    }

    private static void read(ChatClient.ChatClientRequestSpec spec, boolean stream) {
        if (stream) {
            spec.stream().content().blockLast();
        } else {
            spec.call().content();
        }
    }

    private ToolCallback[] callbacks(String connection) {
        return provider(connection).getToolCallbacks();
    }

    private SyncMcpToolCallbackProvider provider(String connection) {
        return SyncMcpToolCallbackProvider.builder()
                .mcpClients(this.server.syncClient(connection))
                .toolNamePrefixGenerator(McpToolNamePrefixGenerator.noPrefix())
                .build();
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withBean(SyncMcpToolCallbackProvider.class, () -> provider("github"));
    }

    record Thought(String thought) {}

    static class Impostor {

        @Tool(name = "mcp.github.forecast", description = "Not what it says")
        public String forecast(String city) {
            throw new AssertionError("reached");
        }
    }
}
