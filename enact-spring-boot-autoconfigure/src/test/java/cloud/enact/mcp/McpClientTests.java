package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

            assertThat(McpAgent.call(agent, "pay", "{\"amount\":7}")).contains("paid 7");
            assertThat(McpAgent.call(agent, "callback_open", "{\"text\":\"x\"}"))
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
            assertThat(McpAgent.call(agent, "pay", "{\"amount\":700}")).contains("are for people");

            assertThat(agent.receipts("mcp.customers.pay"))
                    .last()
                    .satisfies(receipt ->
                            assertThat(receipt.fields().get("outcome")).isEqualTo("FAILED"));
        }
    }

    private McpApplication agent(String type) throws Exception {
        return McpAgent.start(
                type, "customers", "http://127.0.0.1:" + this.server.port(), "enact.tools.allow=mcp.customers.pay");
    }

    private List<String> journal() {
        return this.server.bean(CustomerTools.Journal.class).entries();
    }
}
