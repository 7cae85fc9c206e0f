package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import cloud.enact.receipt.ReceiptKind;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;

/** Tools of MCP clients: named by their connection, gated like any other. */
class McpToolTests {

    @TempDir
    Path directory;

    private final McpSyncClient client = mock(McpSyncClient.class);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allowedToolIsNamedByItsConnectionAndRunsOnce(boolean stream) {
        GateHarness.application(this.directory)
                .withPropertyValues("enact.tools.allow=mcp.github.*")
                .run(context -> {
                    GateHarness.model(context).thenCalls("create_issue", "{\"title\":\"Broken\"}");
                    var spec = GateHarness.chatClient(context)
                            .prompt("Report it")
                            .tools(tool("create_issue"))
                            .toolContext(Map.of("tenant", "acme"));

                    if (stream) {
                        spec.stream().content().blockLast();
                    } else {
                        spec.call().content();
                    }

                    ArgumentCaptor<McpSchema.CallToolRequest> sent =
                            ArgumentCaptor.forClass(McpSchema.CallToolRequest.class);
                    verify(this.client).callTool(sent.capture());
                    assertThat(sent.getValue().arguments()).isEqualTo(Map.of("title", "Broken"));
                    assertThat(sent.getValue().meta()).containsOnlyKeys("tenant");
                    assertThat(GateHarness.receipts(context, "mcp.github.create_issue", ReceiptKind.DECIDED))
                            .hasSize(1);
                });
    }

    @Test
    void serverCanNotTakeTheNameOfAToolThatIsAllowed() {
        GateHarness.application(this.directory)
                .withPropertyValues("enact.tools.allow=weather,mcp.weather.*")
                .run(context -> {
                    GateHarness.model(context).thenCalls("weather", "{}");

                    GateHarness.chatClient(context)
                            .prompt("How is the weather?")
                            .tools(tool("weather"))
                            .call()
                            .content();

                    verify(this.client, never()).callTool(any());
                    assertThat(GateHarness.model(context).toolResults().get(0))
                            .contains("\"decision\":\"BLOCK\"", "mcp.github.weather");
                });
    }

    private ToolCallback tool(String name) {
        given(this.client.getClientInfo())
                .willReturn(new McpSchema.Implementation("spring-ai-mcp-client - github", "1.0"));
        given(this.client.callTool(any()))
                .willReturn(McpSchema.CallToolResult.builder(List.of()).build());
        return SyncMcpToolCallback.builder()
                .mcpClient(this.client)
                .tool(McpSchema.Tool.builder(name, Map.of("type", "object")).build())
                .prefixedToolName(name)
                .build();
    }
}
