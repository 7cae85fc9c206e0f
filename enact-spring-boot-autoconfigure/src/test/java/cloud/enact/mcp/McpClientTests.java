package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.context.annotation.Configuration;

/** Tools that an application uses over MCP, from a server that is governed itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpClientTests {

    private McpApplication server;

    @BeforeAll
    void start() throws Exception {
        this.server = McpApplication.start(CustomerTools.class, "SYNC", "STREAMABLE");
    }

    @AfterAll
    void stop() throws Exception {
        if (this.server != null) {
            this.server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void toolsOfAClientMeetTheGateAndNothingOfOursIsSent(String type) throws Exception {
        try (McpApplication agent = agent(type)) {
            journal().clear();

            assertThat(call(agent, "pay", "{\"amount\":7}")).contains("paid 7");
            assertThat(call(agent, "callback_open", "{\"text\":\"x\"}"))
                    .contains("\"BLOCK\"", "mcp.customers.callback_open");

            assertThat(journal()).containsExactly("paid 7");
            assertThat(agent.receipts("mcp.customers.pay"))
                    .extracting(Receipt::kind, Receipt::actor)
                    .containsExactly(
                            tuple(ReceiptKind.DECIDED, "ann@example.com"),
                            tuple(ReceiptKind.COMPLETED, "ann@example.com"));
            assertThat(this.server.bean(CustomerTools.Journal.class).metas())
                    .last()
                    .isEqualTo(Map.of("tenant", "acme"));
            assertThat(this.server.receipts("callback_open")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void aRefusalOfTheServerIsAnAnswerToTheModel(String type) throws Exception {
        try (McpApplication agent = agent(type)) {
            assertThat(call(agent, "pay", "{\"amount\":700}")).contains("are for people");

            assertThat(agent.receipts("mcp.customers.pay"))
                    .last()
                    .satisfies(receipt ->
                            assertThat(receipt.fields().get("outcome")).isEqualTo("FAILED"));
        }
    }

    private McpApplication agent(String type) throws Exception {
        return McpApplication.start(
                Agent.class,
                "SYNC",
                "STREAMABLE",
                "spring.ai.mcp.server.enabled=false",
                "spring.ai.mcp.client.type=" + type,
                "spring.ai.mcp.client.streamable-http.connections.customers.url=http://127.0.0.1:" + this.server.port(),
                "enact.tools.allow=mcp.customers.pay");
    }

    /** As a model would: through the manager, by what it was shown. */
    private static String call(McpApplication agent, String tool, String arguments) {
        ToolCallback[] tools = agent.bean(ToolCallbackProvider.class).getToolCallbacks();
        String name = List.of(tools).stream()
                .map(callback -> callback.getToolDefinition().name())
                .filter(shown -> shown.endsWith(tool))
                .findFirst()
                .orElseThrow();
        ToolCallingChatOptions options = ToolCallingChatOptions.builder()
                .toolCallbacks(tools)
                .toolContext(Map.of(Enact.ACTOR, Actor.of("ann@example.com"), "tenant", "acme"))
                .build();
        AssistantMessage asked = AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(new ToolCall("1", "function", name, arguments)))
                .build();
        List<?> history = agent.bean(ToolCallingManager.class)
                .executeToolCalls(
                        new Prompt(List.of(new UserMessage("Go on")), options),
                        new ChatResponse(List.of(new Generation(asked))))
                .conversationHistory();
        return ((ToolResponseMessage) history.get(history.size() - 1))
                .getResponses()
                .get(0)
                .responseData();
    }

    private List<String> journal() {
        return this.server.bean(CustomerTools.Journal.class).entries();
    }

    @Configuration(proxyBeanMethods = false)
    static class Agent {}
}
