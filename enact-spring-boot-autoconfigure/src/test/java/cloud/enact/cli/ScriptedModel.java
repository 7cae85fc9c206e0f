package cloud.enact.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the API of a model does: calls the shell once, and is content with whatever comes back. */
final class ScriptedModel implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final String command;

    private final List<JsonNode> results = new CopyOnWriteArrayList<>();

    ScriptedModel(String command) throws IOException {
        this.command = command;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setExecutor(this.threads);
        this.server.createContext("/", this::nothing);
        this.server.createContext("/v1/messages", this::answer);
        this.server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    /** What the agent told the model about the call. */
    JsonNode result() {
        return this.results.get(0);
    }

    private void nothing(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            List<JsonNode> told = request.at("/messages")
                    .valueStream()
                    .flatMap(message -> message.path("content").valueStream())
                    .filter(part -> part.path("type").asString("").equals("tool_result"))
                    .toList();
            this.results.addAll(told);
            boolean call = told.isEmpty()
                    && request.path("tools")
                            .valueStream()
                            .anyMatch(tool -> tool.path("name").asString("").equals("Bash"));
            byte[] events = (call ? call() : text()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, events.length);
            exchange.getResponseBody().write(events);
        }
    }

    private String call() {
        return events(
                "tool_use",
                Map.of("type", "tool_use", "id", "toolu_1", "name", "Bash", "input", Map.of()),
                Map.of(
                        "type",
                        "input_json_delta",
                        "partial_json",
                        JSON.writeValueAsString(Map.of("command", this.command, "description", "What was asked"))));
    }

    private static String text() {
        return events("end_turn", Map.of("type", "text", "text", ""), Map.of("type", "text_delta", "text", "Done."));
    }

    private static String events(String reason, Map<String, Object> block, Map<String, Object> delta) {
        Map<String, Object> message = Map.of(
                "id", "msg_1",
                "type", "message",
                "role", "assistant",
                "model", "scripted",
                "content", List.of(),
                "usage", Map.of("input_tokens", 1, "output_tokens", 1));
        return event(Map.of("type", "message_start", "message", message))
                + event(Map.of("type", "content_block_start", "index", 0, "content_block", block))
                + event(Map.of("type", "content_block_delta", "index", 0, "delta", delta))
                + event(Map.of("type", "content_block_stop", "index", 0))
                + event(Map.of(
                        "type",
                        "message_delta",
                        "delta",
                        Map.of("stop_reason", reason),
                        "usage",
                        Map.of("output_tokens", 1)))
                + event(Map.of("type", "message_stop"));
    }

    private static String event(Map<String, Object> data) {
        return "event: " + data.get("type") + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }
}
