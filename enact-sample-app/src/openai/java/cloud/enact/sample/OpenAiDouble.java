package cloud.enact.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks as much of the chat completions protocol as a conversation with tools needs. */
final class OpenAiDouble implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;

    private final Queue<String> answers;

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    private final List<String> credentials = new CopyOnWriteArrayList<>();

    OpenAiDouble(String... answers) throws IOException {
        this.answers = new ArrayDeque<>(List.of(answers));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.createContext("/v1/chat/completions", this::answer);
        this.server.start();
    }

    static String calls(String tool, String arguments) {
        return completion(
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"" + tool + "\",\"arguments\":"
                        + JSON.writeValueAsString(arguments) + "}}]}",
                "tool_calls");
    }

    static String says(String words) {
        return completion("{\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(words) + "}", "stop");
    }

    private static String completion(String message, String reason) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1780000000,\"model\":\"double\","
                + "\"choices\":[{\"index\":0,\"message\":" + message + ",\"logprobs\":null,\"finish_reason\":\""
                + reason + "\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    }

    String baseUrl() {
        return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
    }

    List<JsonNode> requests() {
        return this.requests;
    }

    List<String> credentials() {
        return this.credentials;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            this.requests.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            this.credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
            String answer = this.answers.poll();
            byte[] body = ((answer != null) ? answer : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders((answer != null) ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        this.server.stop(0);
    }
}
