package cloud.enact.doubles.http;

import cloud.enact.doubles.Loopback;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON API over HTTP as many are: collections of objects with an id, entity tags that change with every change,
 * {@code If-Match}, {@code Idempotency-Key}, a bearer token, and errors with a code. Any collection exists.
 *
 * <ul>
 *   <li>{@code POST /things} makes one: 201
 *   <li>{@code GET /things?name=value} finds those with that value: {@code {"things": […]}}
 *   <li>{@code GET /things/{id}}, {@code PUT}, {@code PATCH}: 200; {@code DELETE}: 204; 404 when there is none
 * </ul>
 */
public final class JsonApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "json-api");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpServer server;

    private final String token;

    private final Map<String, Map<String, ObjectNode>> collections = new TreeMap<>();

    private final Map<String, Integer> versions = new TreeMap<>();

    private final Map<String, Reply> replies = new LinkedHashMap<>();

    private final Deque<Mishap> mishaps = new ArrayDeque<>();

    private final List<Request> requests = new ArrayList<>();

    private int lastId = 100;

    /**
     * Starts a server on this machine.
     *
     * @param token the bearer token that every request must bring along
     */
    public JsonApi(String token) {
        this.token = token;
        this.server = Loopback.bind();
        this.server.createContext("/", this::handle);
        this.server.setExecutor(this.threads);
        this.server.start();
    }

    /**
     * A request that was received.
     *
     * @param method its method
     * @param target path and query, as they were sent
     * @param headers its headers, names in small letters
     * @param body its body
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    private record Reply(int status, @Nullable String etag, String body) {}

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    /** Lets something go wrong with the next requests, one after the other. */
    public synchronized void next(Mishap... mishaps) {
        this.mishaps.addAll(List.of(mishaps));
    }

    /** What was received, in order. */
    public synchronized List<Request> requests() {
        return List.copyOf(this.requests);
    }

    /** Forgets what was received. */
    public synchronized void forget() {
        this.requests.clear();
    }

    /** Everything that is there, as JSON. */
    public synchronized String state() {
        Map<String, Map<String, ObjectNode>> filled = new TreeMap<>(this.collections);
        filled.values().removeIf(Map::isEmpty);
        return JSON.writeValueAsString(filled);
    }

    /** The object of an id, as JSON, or {@code null}. */
    public synchronized @Nullable String get(String collection, String id) {
        ObjectNode found = things(collection).get(id);
        return (found != null) ? found.toString() : null;
    }

    /** Somebody else makes or changes an object. */
    public synchronized void put(String collection, String id, String json) {
        ObjectNode object = (ObjectNode) JSON.readTree(json);
        object.put("id", id);
        things(collection).put(id, object);
        this.versions.merge(collection + "/" + id, 1, Integer::sum);
    }

    /** Somebody else deletes an object. */
    public synchronized void remove(String collection, String id) {
        things(collection).remove(id);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            Mishap mishap = received(request);
            if (mishap instanceof Mishap.Dropped) {
                return;
            }
            if (mishap instanceof Mishap.Slow slow) {
                slow.until().await();
                return;
            }
            if (mishap instanceof Mishap.Answered answered) {
                answered.send(exchange);
                return;
            }
            Reply reply = reply(request);
            if (mishap instanceof Mishap.AnswerReplaced replaced) {
                reply = new Reply(reply.status(), reply.etag(), replaced.body());
            }
            if (mishap instanceof Mishap.Meanwhile meanwhile) {
                meanwhile.what().run();
            }
            if (!(mishap instanceof Mishap.AnswerLost)) {
                send(exchange, reply);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Mishap received(Request request) {
        this.requests.add(request);
        Mishap mishap = this.mishaps.poll();
        return (mishap != null) ? mishap : new Mishap.None();
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (reply.etag() != null) {
            exchange.getResponseHeaders().set("ETag", reply.etag());
        }
        exchange.sendResponseHeaders(reply.status(), (bytes.length == 0) ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized Reply reply(Request request) {
        if (!("Bearer " + this.token).equals(request.headers().get("authorization"))) {
            return error(
                    401, "unauthorized", "Unknown token " + request.headers().get("authorization"));
        }
        String key = request.headers().get("idempotency-key");
        if (key != null && this.replies.containsKey(key)) {
            return this.replies.get(key);
        }
        URI target = URI.create(request.target());
        String[] segments = target.getRawPath().substring(1).split("/", -1);
        Reply reply = (segments.length == 1)
                ? onCollection(request, segments[0], target.getRawQuery())
                : onObject(request, segments[0], decoded(segments[1]));
        if (key != null && reply.status() < 400) {
            this.replies.put(key, reply);
        }
        return reply;
    }

    private Reply onCollection(Request request, String collection, @Nullable String query) {
        if (request.method().equals("GET")) {
            ObjectNode found = JSON.createObjectNode();
            var list = found.putArray(collection);
            things(collection).values().stream()
                    .filter(object -> matches(object, query))
                    .forEach(list::add);
            return new Reply(200, null, found.toString());
        }
        if (!request.method().equals("POST")) {
            return error(405, "method_not_allowed", "Use GET or POST");
        }
        if (!(JSON.readTree(request.body()) instanceof ObjectNode object)) {
            return error(422, "invalid", "Send an object");
        }
        String id = String.valueOf(++this.lastId);
        put(collection, id, object.toString());
        return found(201, collection, id);
    }

    private Reply onObject(Request request, String collection, String id) {
        if (!things(collection).containsKey(id)) {
            return error(404, "not_found", "There is none");
        }
        String expected = request.headers().get("if-match");
        if (expected != null && !expected.equals(etag(collection, id))) {
            return error(412, "changed", "Somebody changed it");
        }
        switch (request.method()) {
            case "GET" -> {}
            case "PUT" -> put(collection, id, request.body());
            case "PATCH" -> {
                ObjectNode changed = things(collection).get(id).deepCopy();
                JsonNode patch = JSON.readTree(request.body());
                patch.propertyNames().forEach(name -> changed.set(name, patch.get(name)));
                put(collection, id, changed.toString());
            }
            case "DELETE" -> {
                remove(collection, id);
                return new Reply(204, null, "");
            }
            default -> {
                return error(405, "method_not_allowed", "Use GET, PUT, PATCH or DELETE");
            }
        }
        return found(200, collection, id);
    }

    private Reply found(int status, String collection, String id) {
        return new Reply(
                status, etag(collection, id), things(collection).get(id).toString());
    }

    private static Reply error(int status, String code, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("code", code).put("message", message);
        return new Reply(status, null, error.toString());
    }

    private Map<String, ObjectNode> things(String collection) {
        return this.collections.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    private String etag(String collection, String id) {
        return "\"" + this.versions.get(collection + "/" + id) + "\"";
    }

    private static boolean matches(ObjectNode object, @Nullable String query) {
        if (query == null) {
            return true;
        }
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            JsonNode value = object.get(decoded(parts[0]));
            if (value == null || !value.asString().equals(decoded(parts[1]))) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }
}
