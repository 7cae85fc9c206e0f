package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;

/** Tools that an application serves over MCP, in each kind of server. */
class McpServerTests {

    private McpApplication application;

    @AfterEach
    void stop() throws Exception {
        if (this.application != null) {
            this.application.close();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "SYNC, STREAMABLE, billing.pay",
        "SYNC, STATELESS, billing.pay",
        "ASYNC, STREAMABLE, billing.pay_later",
        "ASYNC, STATELESS, billing.pay_later"
    })
    void servedToolsMeetTheGateOnce(String type, String protocol, String action) throws Exception {
        this.application = McpApplication.start(CustomerTools.class, type, protocol);
        McpSyncClient ann = this.application.client("ann");

        assertThat(names(ann)).contains("callback_refund", "callback_open", "pay", "open");
        letThroughOnceInTheNameOfTheCaller(ann, "pay", action);
        letThroughOnceInTheNameOfTheCaller(ann, "callback_refund", "billing.refund");
        answerAnErrorThatAModelCanRead(ann, "pay", action);
        answerAnErrorThatAModelCanRead(ann, "callback_refund", "billing.refund");
        blockWhatNobodyGoverns(ann, "open");
        blockWhatNobodyGoverns(ann, "callback_open");
        recordAFailureOfTheTool(ann, "fail", action.replace("pay", "broken"));
        recordAFailureOfTheTool(ann, "callback_fail", "billing.fail");
    }

    @Test
    void whoAsksIsFoundInTheContextOfAReactiveServerToo() throws Exception {
        this.application = McpApplication.start(CustomerTools.class, "ASYNC", "STATELESS");
        AsyncToolSpecification refund = ((List<?>) this.application.bean("asyncTools"))
                .stream()
                        .map(AsyncToolSpecification.class::cast)
                        .filter(specification -> specification.tool().name().equals("callback_refund"))
                        .findFirst()
                        .orElseThrow();

        refund.callHandler()
                .apply(
                        McpTransportContext.EMPTY,
                        new McpSchema.CallToolRequest("callback_refund", Map.of("amount", 7), null))
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                        new TestingAuthenticationToken("eve", "", "ROLE_agent")))
                .block();

        assertThat(this.application.receipts("billing.refund"))
                .extracting(Receipt::actor)
                .containsOnly("eve");
    }

    @Test
    void toolsOfClientsAreNotServedUnlessTheOperatorWantsThat() throws Exception {
        this.application = McpApplication.start(CustomerTools.class, "SYNC", "STREAMABLE");
        try (McpApplication other =
                McpApplication.start(Relay.class, "SYNC", "STREAMABLE", "test.server=" + this.application.port())) {
            assertThat(names(other.client("ann"))).isEmpty();
        }
    }

    /** Has the tools of a client as a list, as code that filters them has. */
    @Configuration(proxyBeanMethods = false)
    static class Relay {

        @Bean(destroyMethod = "close")
        McpSyncClient remote(@Value("${test.server}") int port) {
            McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                            .build())
                    .clientInfo(new McpSchema.Implementation("spring-ai-mcp-client - shop", "shop", "1"))
                    .build();
            client.initialize();
            return client;
        }

        @Bean
        List<ToolCallback> remoteTools(McpSyncClient remote) {
            return McpToolUtils.getToolCallbacksFromSyncClients(remote);
        }
    }

    private static List<String> names(McpSyncClient client) {
        return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    }

    private void letThroughOnceInTheNameOfTheCaller(McpSyncClient client, String tool, String action) {
        journal().clear();

        McpSchema.CallToolResult result = McpApplication.call(client, tool, Map.of("amount", 7));

        assertThat(result.isError()).isNotEqualTo(true);
        assertThat(McpApplication.text(result)).contains("7");
        assertThat(journal()).hasSize(1);
        assertThat(this.application.receipts(action))
                .extracting(Receipt::kind, Receipt::actor)
                .containsExactly(tuple(ReceiptKind.DECIDED, "ann"), tuple(ReceiptKind.COMPLETED, "ann"));
    }

    private void answerAnErrorThatAModelCanRead(McpSyncClient client, String tool, String action) {
        journal().clear();

        McpSchema.CallToolResult result = McpApplication.call(client, tool, Map.of("amount", 700));

        assertThat(result.isError()).isTrue();
        assertThat(McpApplication.text(result))
                .startsWith("{")
                .contains("\"decision\":\"BLOCK\"", "\"action\":\"" + action + "\"", "are for people")
                .doesNotContain("Exception", "\tat ");
        assertThat(journal()).isEmpty();
    }

    private void blockWhatNobodyGoverns(McpSyncClient client, String tool) {
        journal().clear();

        McpSchema.CallToolResult result = McpApplication.call(client, tool, Map.of("text", "hello"));

        assertThat(result.isError()).isTrue();
        assertThat(McpApplication.text(result)).contains("'" + tool + "' to enact.tools.allow");
        assertThat(journal()).isEmpty();
        assertThat(this.application.receipts(tool))
                .extracting(Receipt::decision)
                .containsExactly("BLOCK");
    }

    private void recordAFailureOfTheTool(McpSyncClient client, String tool, String action) {
        McpSchema.CallToolResult result = McpApplication.call(client, tool, Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(McpApplication.text(result)).contains("out of money");
        assertThat(this.application.receipts(action))
                .extracting(receipt -> receipt.fields().get("outcome"))
                .contains("FAILED");
    }

    private List<String> journal() {
        return this.application.bean(CustomerTools.Journal.class).entries();
    }
}
