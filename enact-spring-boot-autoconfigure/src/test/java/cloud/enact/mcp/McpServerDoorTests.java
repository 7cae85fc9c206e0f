package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Ways to serve a tool that lead past Spring AI's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpServerDoorTests {

    private static final List<String> DONE = new CopyOnWriteArrayList<>();

    private McpApplication application;

    private McpSyncClient client;

    @BeforeAll
    void start() throws Exception {
        this.application = McpApplication.start(
                HandMade.class,
                "SYNC",
                "STREAMABLE",
                "enact.tools.allow=allowed_*,mcp.*",
                "enact.policies[0].name=no-secrets",
                "enact.policies[0].on=*",
                "enact.policies[0].block=has(args.text) && args.text == 'secret'",
                "enact.policies[0].reason=Not that one.");
        this.client = this.application.client("ann");
    }

    @AfterAll
    void stop() throws Exception {
        if (this.application != null) {
            this.application.close();
        }
    }

    @BeforeEach
    void clear() {
        DONE.clear();
    }

    @Test
    void aSpecificationOfOnesOwnIsGated() {
        blocks("listed");
        letsThroughOnce("allowed_listed");
    }

    @Test
    void aCallbackThatNobodyGatedIsGatedAsASpecification() {
        blocks("converted");
        letsThroughOnce("allowed_converted");
    }

    @Test
    void aToolThatIsAddedWhileTheServerRunsIsGated() {
        McpSyncServer server = this.application.bean(McpSyncServer.class);
        server.addTool(specification("added"));
        server.addTool(specification("allowed_added"));
        server.getAsyncServer()
                .addTool(McpToolUtils.toAsyncToolSpecification(callback("added_behind")))
                .block();

        blocks("added");
        blocks("added_behind");
        letsThroughOnce("allowed_added");
        server.removeTool("added");
        server.removeTool("added_behind");
        server.removeTool("allowed_added");
    }

    @Test
    void aServerThatWasMadeByHandIsGated() throws Exception {
        try (McpApplication handMade =
                McpApplication.start(HandMadeServer.class, "SYNC", "STREAMABLE", "enact.tools.allow=allowed_*")) {
            McpSyncClient ann = handMade.client("ann");

            for (String tool : List.of("built", "single")) {
                assertThat(McpApplication.text(McpApplication.call(ann, tool, Map.of("text", "x"))))
                        .contains("\"BLOCK\"");
                assertThat(handMade.receipts(tool)).hasSize(1);
            }
            assertThat(McpApplication.text(McpApplication.call(ann, "allowed_built", Map.of("text", "x"))))
                    .isEqualTo("did allowed_built");
            assertThat(DONE).containsExactly("allowed_built {text=x}");
            assertThat(handMade.receipts("allowed_built"))
                    .extracting(Receipt::kind)
                    .containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
        }
    }

    @Test
    void aServedToolNeverHasTheNameOfARemoteOne() {
        McpApplication.call(this.client, "mcp.github.get_issue", Map.of("text", "x"));

        assertThat(this.application.receipts("mcp.github.get_issue")).isEmpty();
        assertThat(this.application.receipts("tool.mcp.github.get_issue"))
                .extracting(Receipt::decision)
                .containsExactly("BLOCK");
    }

    @Test
    void whatAMethodDoesNotTakeIsRefusedAndWhatItTakesIsJudgedInItsOwnTypes() {
        McpSchema.CallToolResult unknown =
                McpApplication.call(this.client, "allowed_typed", Map.of("number", 7, "hidden", "x"));

        assertThat(unknown.isError()).isTrue();
        assertThat(McpApplication.text(unknown)).contains("no argument 'hidden'");
        assertThat(McpApplication.text(McpApplication.call(this.client, "allowed_typed", Map.of("number", 7))))
                .isEqualTo("7");
        assertThat(this.application.receipts("allowed_typed"))
                .filteredOn(receipt -> receipt.kind() == ReceiptKind.DECIDED)
                .last()
                .satisfies(receipt -> assertThat(String.valueOf(receipt.fields().get("payload")))
                        .contains("number=7"));
        assertThat(DONE).containsExactly("typed 7");
    }

    @Test
    void whatTheLibraryRefusesByItselfDoesNothingAndIsNotOnRecord() {
        int before = this.application.receipts("allowed_typed").size();

        McpSchema.CallToolResult unfit = McpApplication.call(this.client, "allowed_typed", Map.of("number", "x"));

        assertThat(unfit.isError()).isTrue();
        assertThatExceptionOfType(McpError.class).isThrownBy(() -> McpApplication.call(this.client, "none", Map.of()));
        assertThat(DONE).isEmpty();
        assertThat(this.application.receipts("allowed_typed")).hasSize(before);
        assertThat(this.application.receipts("none")).isEmpty();
    }

    @Test
    void anActionWithoutANameIsCalledAsItsTool() {
        assertThat(McpApplication.text(McpApplication.call(this.client, "shop.count", Map.of())))
                .isEqualTo("3");

        assertThat(this.application.receipts("shop.count")).hasSize(2);
    }

    @Test
    void argumentsThatCannotBeJudgedAreRefusedAndOnRecord() {
        Map<String, Object> deep = Map.of("text", "x");
        for (int i = 0; i < 300; i++) {
            deep = Map.of("text", deep);
        }
        int before = this.application.receipts("allowed_listed").size();

        for (Map<String, Object> arguments : List.of(deep, Map.<String, Object>of("text", "x".repeat(5_000_000)))) {
            McpSchema.CallToolResult result = McpApplication.call(this.client, "allowed_listed", arguments);

            assertThat(result.isError()).isTrue();
            assertThat(McpApplication.text(result)).startsWith("{").contains("\"BLOCK\"");
        }
        assertThat(DONE).isEmpty();
        assertThat(this.application.receipts("allowed_listed")).hasSize(before + 2);
    }

    @Test
    void whatACallerSaysBesideTheArgumentsNamesNeitherActorNorRun() {
        this.client.callTool(new McpSchema.CallToolRequest(
                "allowed_listed",
                Map.of("text", "x"),
                Map.of("enact.actor", "root", "enact.run-id", "00000000-0000-7000-8000-000000000000")));

        assertThat(this.application.receipts("allowed_listed")).last().satisfies(receipt -> {
            assertThat(receipt.actor()).isEqualTo("ann");
            assertThat(receipt.runId().toString()).doesNotStartWith("00000000");
        });
    }

    private void blocks(String tool) {
        McpSchema.CallToolResult result = McpApplication.call(this.client, tool, Map.of("text", "x"));

        assertThat(result.isError()).isTrue();
        assertThat(McpApplication.text(result)).contains("\"BLOCK\"", "enact.tools.allow");
        assertThat(DONE).isEmpty();
        assertThat(this.application.receipts(tool)).hasSize(1);
    }

    private void letsThroughOnce(String tool) {
        assertThat(McpApplication.text(McpApplication.call(this.client, tool, Map.of("text", "x"))))
                .contains("did " + tool);
        assertThat(McpApplication.text(McpApplication.call(this.client, tool, Map.of("text", "secret"))))
                .contains("Not that one.");

        assertThat(DONE).containsExactly(tool + " {text=x}");
        assertThat(this.application.receipts(tool))
                .extracting(Receipt::kind)
                .containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED, ReceiptKind.DECIDED);
        DONE.clear();
    }

    private static SyncToolSpecification specification(String name) {
        return new SyncToolSpecification(
                McpSchema.Tool.builder(name, Map.of("type", "object"))
                        .description("Made by hand")
                        .build(),
                (exchange, request) -> {
                    DONE.add(name + " " + request.arguments());
                    return McpSchema.CallToolResult.builder()
                            .addTextContent("did " + name)
                            .isError(false)
                            .build();
                });
    }

    private static ToolCallback callback(String name) {
        return FunctionToolCallback.<Map<String, Object>, String>builder(name, input -> {
                    DONE.add(name + " " + input);
                    return "did " + name;
                })
                .description("Made by hand")
                .inputType(Map.class)
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class HandMade {

        @Bean
        List<SyncToolSpecification> listed() {
            return List.of(
                    specification("listed"),
                    specification("allowed_listed"),
                    specification("mcp.github.get_issue"),
                    McpToolUtils.toSyncToolSpecification(callback("converted")),
                    McpToolUtils.toSyncToolSpecification(callback("allowed_converted")));
        }

        @Bean
        Typed typed() {
            return new Typed();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HandMadeServer {

        @Bean
        SyncToolSpecification single() {
            return specification("single");
        }

        /** Takes the transport over from the server that Spring AI makes. */
        @Bean
        @DependsOn("mcpSyncServer")
        McpSyncServer handMade(McpStreamableServerTransportProvider transport, SyncToolSpecification single) {
            return McpServer.sync(transport)
                    .serverInfo("by hand", "1")
                    .capabilities(
                            McpSchema.ServerCapabilities.builder().tools(true).build())
                    .tools(specification("built"), specification("allowed_built"), single)
                    .immediateExecution(true)
                    .build();
        }
    }

    static class Typed {

        @McpTool(name = "shop.count", description = "Counts")
        @EnactAction
        public long count() {
            return 3;
        }

        @McpTool(name = "allowed_typed", description = "Takes a number")
        public long typed(long number) {
            DONE.add("typed " + number);
            return number;
        }
    }
}
