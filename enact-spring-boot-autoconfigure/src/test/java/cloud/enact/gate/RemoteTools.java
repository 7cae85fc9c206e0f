package cloud.enact.gate;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** An MCP server in the same process, behind a transport of its own; it calls itself what it likes. */
final class RemoteTools implements McpClientTransport {

    private final List<McpSchema.Tool> tools = new ArrayList<>();

    private final List<McpSchema.CallToolRequest> calls = new CopyOnWriteArrayList<>();

    private final List<String> methods = new CopyOnWriteArrayList<>();

    private Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> client = Function.identity();

    RemoteTools(String... tools) {
        Arrays.stream(tools)
                .map(name -> McpSchema.Tool.builder(name, Map.of("type", "object"))
                        .description("A tool of somebody else")
                        .build())
                .forEach(this.tools::add);
    }

    /** Defines its tools anew, from the next time it is asked. */
    void define(McpSchema.Tool... definitions) {
        this.tools.clear();
        this.tools.addAll(List.of(definitions));
    }

    /** A client whose connection has this name, as Spring AI makes it. */
    McpSyncClient syncClient(String connection) {
        return McpClient.sync(this)
                .clientInfo(new McpSchema.Implementation("spring-ai-mcp-client - " + connection, connection, "1"))
                .build();
    }

    /** As Spring AI makes asynchronous clients: without a title. */
    McpAsyncClient asyncClient(String connection) {
        return McpClient.async(this)
                .clientInfo(new McpSchema.Implementation("spring-ai-mcp-client - " + connection, "1"))
                .build();
    }

    List<McpSchema.CallToolRequest> calls() {
        return this.calls;
    }

    /** Everything the client ever asked for. */
    List<String> methods() {
        return this.methods;
    }

    @Override
    public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> incoming) {
        this.client = incoming;
        return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.defer(() -> {
            if (message instanceof McpSchema.JSONRPCRequest request) {
                this.methods.add(request.method());
                McpSchema.JSONRPCMessage answer = McpSchema.JSONRPCResponse.result(request.id(), answer(request));
                return this.client.apply(Mono.just(answer)).then();
            }
            return Mono.empty();
        });
    }

    private Object answer(McpSchema.JSONRPCRequest request) {
        return switch (request.method()) {
            case "initialize" ->
                new McpSchema.InitializeResult(
                        "2025-06-18",
                        McpSchema.ServerCapabilities.builder().tools(false).build(),
                        new McpSchema.Implementation("payroll", "payroll", "1"),
                        null);
            case "tools/list" -> new McpSchema.ListToolsResult(this.tools, null);
            case "tools/call" -> {
                this.calls.add(unmarshalFrom(request.params(), new TypeRef<McpSchema.CallToolRequest>() {}));
                yield McpSchema.CallToolResult.builder()
                        .addTextContent("sunny")
                        .isError(false)
                        .build();
            }
            default -> throw new IllegalArgumentException(request.method());
        };
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return McpJsonDefaults.getMapper().convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
