package cloud.enact.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An MCP server that says whatever a test wants, also what no library would send. */
final class HostileServer implements AutoCloseable {

    private final HttpServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    private volatile Answering listing = request -> "{\"tools\":[" + tool("pay", "Pays money back") + "]}";

    private volatile Answering calls = request -> text("paid");

    HostileServer() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setExecutor(this.threads);
        this.server.createContext("/", this::answer);
        this.server.start();
    }

    /** What it says of its tools: the member {@code result} of its answer, as JSON. */
    void lists(Answering listing) {
        this.listing = listing;
    }

    /** What it says to calls: the member {@code result} of its answer, as JSON. */
    void answers(Answering calls) {
        this.calls = calls;
    }

    String url() {
        return "http://127.0.0.1:" + this.server.getAddress().getPort();
    }

    /** Calls of tools it was sent. */
    List<JsonNode> calls() {
        return this.requests.stream()
                .filter(request -> request.path("method").asString().equals("tools/call"))
                .toList();
    }

    static String tool(String name, String description) {
        return "{\"name\":" + quoted(name) + ",\"description\":" + quoted(description)
                + ",\"inputSchema\":{\"type\":\"object\"}}";
    }

    static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + quoted(text) + "}],\"isError\":false}";
    }

    static String error(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + quoted(text) + "}],\"isError\":true}";
    }

    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody());
            this.requests.add(request);
            if (request.path("id").isMissingNode()) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            String result = switch (request.path("method").asString()) {
                case "initialize" ->
                    "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                            + "\"serverInfo\":{\"name\":\"bank\",\"version\":\"1\"}}";
                case "tools/list" -> this.listing.to(request);
                case "tools/call" -> this.calls.to(request);
                default -> "{}";
            };
            if (result != null) {
                String member = result.startsWith("!") ? "\"error\":" + result.substring(1) : "\"result\":" + result;
                byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + "," + member + "}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    /** Makes an answer of a request; {@code null} drops the connection, and {@code !} before it makes it an error. */
    @FunctionalInterface
    interface Answering {

        String to(JsonNode request) throws IOException;
    }
}
