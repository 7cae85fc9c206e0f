package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Served tools that take the request as a whole, whatever arguments it has. */
class McpWholeRequestTests {

    private static final List<String> DONE = new CopyOnWriteArrayList<>();

    @BeforeEach
    void clear() {
        DONE.clear();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"SYNC, STREAMABLE", "SYNC, STATELESS", "ASYNC, STREAMABLE", "ASYNC, STATELESS"})
    void everyArgumentOfTheRequestIsJudgedOnceAndReachesTheTool(String type, String protocol) throws Exception {
        String action = type.equals("SYNC") ? "notes.keep" : "notes.keep_later";
        try (McpApplication application = McpApplication.start(Notes.class, type, protocol)) {
            McpSyncClient ann = application.client("ann");

            McpSchema.CallToolResult kept = McpApplication.call(ann, "keep", Map.of("copies", 2, "text", "hello"));
            McpSchema.CallToolResult refused = McpApplication.call(ann, "keep", Map.of("copies", 2, "text", "secret"));

            assertThat(kept.isError()).as(McpApplication.text(kept)).isNotEqualTo(true);
            assertThat(refused.isError()).isTrue();
            assertThat(McpApplication.text(refused)).contains("No secrets in notes.");
            assertThat(DONE).containsExactly("hello 2");
            assertThat(application.receipts(action))
                    .extracting(Receipt::kind, Receipt::decision)
                    .containsExactly(
                            tuple(ReceiptKind.DECIDED, "PASS"),
                            tuple(ReceiptKind.COMPLETED, "PASS"),
                            tuple(ReceiptKind.DECIDED, "BLOCK"));
            assertThat(application.receipts(action).get(0).fields().get("payload"))
                    .isEqualTo(Map.of("copies", 2L, "text", "hello"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Notes {

        @Bean
        Kept kept() {
            return new Kept();
        }

        @Bean
        KeptLater keptLater() {
            return new KeptLater();
        }
    }

    static class Kept {

        @McpTool(name = "keep", description = "Keeps a note")
        @EnactAction("notes.keep")
        @Policy(block = "args.text == 'secret'", reason = "No secrets in notes.")
        public String keep(CallToolRequest request, int copies) {
            DONE.add(request.arguments().get("text") + " " + copies);
            return "kept";
        }
    }

    static class KeptLater {

        @McpTool(name = "keep", description = "Keeps a note")
        @EnactAction("notes.keep_later")
        @Policy(block = "args.text == 'secret'", reason = "No secrets in notes.")
        public Mono<String> keep(CallToolRequest request, int copies) {
            return Mono.fromCallable(() -> {
                DONE.add(request.arguments().get("text") + " " + copies);
                return "kept";
            });
        }
    }
}
