package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.enact.gate.EnactStartupException;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;

/** Connections whose tools would share the names of their actions, and with them permissions and pins. */
class McpConnectionTests {

    private HostileServer server;

    @BeforeEach
    void start() throws Exception {
        this.server = new HostileServer();
    }

    @AfterEach
    void stop() {
        this.server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void connectionsOfTwoKindsThatShareANameAreRefusedAtStart(String type) {
        Throwable refused = catchThrowable(() -> McpAgent.start(
                        type,
                        "bank",
                        this.server.url(),
                        "spring.ai.mcp.client.initialized=false",
                        "spring.ai.mcp.client.sse.connections.bank.url=" + this.server.url())
                .close());

        assertThat(NestedExceptionUtils.getRootCause(refused))
                .isInstanceOfSatisfying(EnactStartupException.class, ex -> {
                    assertThat(ex.getDescription()).contains("Two MCP clients", "'bank'");
                    assertThat(ex.getAction()).contains("spring.ai.mcp.client", "clientInfo");
                });
    }

    @Test
    void connectionsOfTwoKindsWithNamesOfTheirOwnAreTaken() throws Exception {
        try (McpApplication agent = McpAgent.start(
                "SYNC",
                "bank",
                this.server.url(),
                "spring.ai.mcp.client.initialized=false",
                "spring.ai.mcp.client.sse.connections.bank2.url=" + this.server.url())) {
            assertThat((List<?>) agent.bean("mcpSyncClients")).hasSize(2);
        }
    }

    @Test
    void clientsOfOnesOwnAreToldApartAsWell() {
        McpConnections connections = new McpConnections("spring-ai-mcp-client");
        McpSyncClient bank = client("bank");

        connections.claim(client("bank"), "one");
        connections.claim(bank, "one");
        connections.claim(List.of(bank, client("shop")), "all");

        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> connections.claim(client("bank"), "two"))
                .withMessageContaining("'all'")
                .withMessageContaining("'two'");
        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> connections.claim(List.of(client("inn"), client("inn")), "inns"))
                .withMessageContaining("'inn'");
        assertThat(connections.name(bank)).as("also while it is in use").isEqualTo("bank");
    }

    private McpSyncClient client(String name) {
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(this.server.url())
                        .build())
                .clientInfo(new McpSchema.Implementation("spring-ai-mcp-client - " + name, name, "1"))
                .build();
    }
}
