package cloud.enact.bench;

import cloud.enact.Enact;
import cloud.enact.receipt.ReceiptStore;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** A tool call over MCP to a server on this machine, with and without gates of ten policies at either end. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(1)
public class McpBenchmark {

    @Benchmark
    public String ungated(Ends ends) {
        return ends.plainToPlain.call(ends.arguments);
    }

    @Benchmark
    public String gatedClient(Ends ends) {
        return ends.gatedToPlain.call(ends.arguments);
    }

    @Benchmark
    public String gatedServer(Ends ends) {
        return ends.plainToGated.call(ends.arguments);
    }

    @Benchmark
    public String gatedClientAndServer(Ends ends) {
        return ends.gatedToGated.call(ends.arguments);
    }

    @State(Scope.Benchmark)
    public static class Ends {

        /** Where both ends keep their receipts. */
        @Param({"memory", "embedded"})
        String store;

        private @Nullable Path directory;

        private ConfigurableApplicationContext plain;

        private ConfigurableApplicationContext gated;

        private ConfigurableApplicationContext agent;

        private McpSyncClient toPlain;

        private McpSyncClient toGated;

        ToolCallback plainToPlain;

        ToolCallback plainToGated;

        ToolCallback gatedToPlain;

        ToolCallback gatedToGated;

        final String arguments = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "repository", Migration.TYPICAL.repository(),
                        "branch", Migration.TYPICAL.branch(),
                        "path", Migration.TYPICAL.path(),
                        "sql", Migration.TYPICAL.sql(),
                        "message", Migration.TYPICAL.message()));

        @Setup
        public void start() throws IOException {
            this.directory = Files.createTempDirectory("enact-bench-mcp");
            this.plain = start(WebApplicationType.SERVLET, "plain", McpServerApplication.class);
            this.gated = start(
                    WebApplicationType.SERVLET, "server", McpServerApplication.class, McpGovernedApplication.class);
            this.agent = start(WebApplicationType.NONE, "agent", McpGovernedApplication.class);
            this.toPlain = client(this.plain);
            this.toGated = client(this.gated);
            Enact enact = this.agent.getBean(Enact.class);
            this.plainToPlain = callback(this.toPlain);
            this.plainToGated = callback(this.toGated);
            this.gatedToPlain = enact.gate(this.plainToPlain)[0];
            this.gatedToGated = enact.gate(this.plainToGated)[0];
            for (ToolCallback callback :
                    List.of(this.plainToPlain, this.plainToGated, this.gatedToPlain, this.gatedToGated)) {
                if (!callback.call(this.arguments).contains("V42__customer_notes")) {
                    throw new IllegalStateException(callback.call(this.arguments));
                }
            }
        }

        private ConfigurableApplicationContext start(WebApplicationType web, String name, Class<?>... application) {
            Map<String, Object> properties = GovernedApplication.properties();
            properties.put("server.port", 0);
            properties.put("server.address", "127.0.0.1");
            properties.put("server.shutdown", "immediate");
            properties.put("enact.actor.id", "maria@example.org");
            properties.put("enact.actor.roles", "release-manager");
            properties.put("enact.tools.allow", "mcp.shop.*");
            if (this.store.equals("embedded")) {
                properties.remove("enact.receipts.capacity");
                properties.put("enact.receipts.store", "embedded");
                properties.put("enact.receipts.file", this.directory.resolve(name + ".db"));
            }
            return new SpringApplicationBuilder(application)
                    .web(web)
                    .logStartupInfo(false)
                    .bannerMode(Banner.Mode.OFF)
                    .properties(properties)
                    .initializers(context -> {
                        if (this.store.equals("memory")) {
                            context.getBeanFactory()
                                    .registerSingleton("benchReceiptStore", (ReceiptStore) new NewestReceipts());
                        }
                    })
                    .run();
        }

        private static McpSyncClient client(ConfigurableApplicationContext server) {
            int port =
                    ((ServletWebServerApplicationContext) server).getWebServer().getPort();
            McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                            .build())
                    .clientInfo(new McpSchema.Implementation("spring-ai-mcp-client - shop", "shop", "1"))
                    .build();
            client.initialize();
            return client;
        }

        private static ToolCallback callback(McpSyncClient client) {
            return SyncMcpToolCallback.builder()
                    .mcpClient(client)
                    .tool(client.listTools().tools().get(0))
                    .build();
        }

        @TearDown
        public void stop() {
            this.toPlain.close();
            this.toGated.close();
            this.agent.close();
            this.gated.close();
            this.plain.close();
        }
    }
}
