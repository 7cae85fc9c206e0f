package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Synchronous servers that run their tools on other threads, as the MCP library does unless it is told not to. */
class McpServerThreadTests {

    @Test
    void whoCallsIsKnownThere() throws Exception {
        try (McpApplication application =
                McpApplication.start(WithSessions.class, "SYNC", "STREAMABLE", "enact.tools.allow=*")) {
            application.bean("byHand", McpSyncServer.class).addTool(specification("added"));

            isCalledBy(application, "ann");
        }
    }

    @Test
    void whoCallsIsKnownThereWithoutSessionsToo() throws Exception {
        try (McpApplication application =
                McpApplication.start(WithoutSessions.class, "SYNC", "STATELESS", "enact.tools.allow=*")) {
            application.bean("byHand", McpStatelessSyncServer.class).addTool(statelessSpecification("added"));

            isCalledBy(application, "ann");
        }
    }

    private static void isCalledBy(McpApplication application, String user) {
        McpSyncClient client = application.client(user);
        for (String tool : List.of("bean", "built", "added")) {
            assertThat(McpApplication.text(McpApplication.call(client, tool, Map.of())))
                    .isEqualTo("did " + tool);
            assertThat(application.receipts(tool))
                    .as(tool)
                    .hasSize(2)
                    .extracting(Receipt::actor)
                    .containsOnly(user);
        }
    }

    private static McpSchema.Tool tool(String name) {
        return McpSchema.Tool.builder(name, Map.of("type", "object"))
                .description("Made by hand")
                .build();
    }

    private static McpSchema.CallToolResult did(String name) {
        assertThat(Thread.currentThread().getName()).startsWith("boundedElastic");
        return McpSchema.CallToolResult.builder()
                .addTextContent("did " + name)
                .isError(false)
                .build();
    }

    private static SyncToolSpecification specification(String name) {
        return new SyncToolSpecification(tool(name), (exchange, request) -> did(name));
    }

    private static McpStatelessServerFeatures.SyncToolSpecification statelessSpecification(String name) {
        return new McpStatelessServerFeatures.SyncToolSpecification(tool(name), (context, request) -> did(name));
    }

    @Configuration(proxyBeanMethods = false)
    static class WithSessions {

        @Bean
        SyncToolSpecification bean() {
            return specification("bean");
        }

        @Bean
        @DependsOn("mcpSyncServer")
        McpSyncServer byHand(McpStreamableServerTransportProvider transport, SyncToolSpecification bean) {
            return McpServer.sync(transport)
                    .serverInfo("by hand", "1")
                    .capabilities(
                            McpSchema.ServerCapabilities.builder().tools(true).build())
                    .tools(specification("built"), bean)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithoutSessions {

        @Bean
        McpStatelessServerFeatures.SyncToolSpecification bean() {
            return statelessSpecification("bean");
        }

        @Bean
        @DependsOn("mcpStatelessSyncServer")
        McpStatelessSyncServer byHand(
                McpStatelessServerTransport transport, McpStatelessServerFeatures.SyncToolSpecification bean) {
            return McpServer.sync(transport)
                    .serverInfo("by hand", "1")
                    .capabilities(
                            McpSchema.ServerCapabilities.builder().tools(true).build())
                    .tools(statelessSpecification("built"), bean)
                    .build();
        }
    }
}
