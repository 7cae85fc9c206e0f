package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.docs.PageCode;
import cloud.enact.docs.Snippets;
import cloud.enact.receipt.Receipt;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples of {@code docs/mcp.md} start, and answer as the page says. */
class McpPageTests {

    private static final String PAGE = "mcp.md";

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    @Test
    void theToolOfThePageIsServedAndRefusedAsThePageSays() throws Exception {
        Files.writeString(
                this.folder.resolve("RefundTools.java"),
                Snippets.of(PAGE, "java").get(0));
        Class<?> tools = PageCode.compile(this.folder, "RefundTools");
        String configuration = String.join("\n---\n", Snippets.of(PAGE, "yaml"));
        Path file = Files.writeString(this.folder.resolve("application.yml"), configuration);

        try (McpApplication application =
                McpApplication.start(tools, "SYNC", "STREAMABLE", "spring.config.location=" + file.toUri())) {
            McpSyncClient ann = application.client("ann");

            JsonNode promised = JSON.readTree(Snippets.of(PAGE, "json").get(0));
            McpSchema.CallToolResult blocked = refund(ann, 700);
            ObjectNode refusal = (ObjectNode) JSON.readTree(McpApplication.text(blocked));
            refusal.set("run_id", promised.get("run_id"));
            assertThat((JsonNode) refusal).isEqualTo(promised);
            assertThat(blocked.isError()).isTrue();

            assertThat(McpApplication.text(refund(ann, 200))).contains("\"ticket\"");
            assertThat(McpApplication.text(refund(ann, 7))).isEqualTo("refunded 7 to customer 12");
            assertThat(application.receipts("billing.refund"))
                    .extracting(Receipt::actor)
                    .contains("ann");
        }
    }

    @Test
    void thePageTellsTheLimitsOfTheCode() throws Exception {
        String page = Files.readString(Path.of("..", "docs", PAGE));

        assertThat(ToolPins.MOST_CHANGES).isEqualTo(20);
        assertThat(page).contains("more than twenty times");
        assertThat(ToolPins.MOST_TOOLS).isEqualTo(2_000);
        assertThat(page).contains("beyond 2,000");
        assertThat(List.of(ToolPins.ACTION, "enact.mcp.tool.changes"))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static McpSchema.CallToolResult refund(McpSyncClient client, int amount) {
        return McpApplication.call(client, "refund", Map.of("customer", 12, "amount", amount));
    }
}
