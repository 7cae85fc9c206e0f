package cloud.enact.doubles.http;

import cloud.enact.doubles.Loopback;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A vendor's API on a free port of this machine, with what it keeps in memory. */
public abstract class VendorServer implements AutoCloseable {

    /** How long to wait after too many requests. */
    public static final int RETRY_AFTER = 7;

    private final HttpServer server;

    private final Map<String, ObjectNode> records = new LinkedHashMap<>();

    private final List<VendorRequest> requests = new ArrayList<>();

    private Trouble trouble = Trouble.NONE;

    private int changes;

    protected VendorServer() {
        this.server = Loopback.bind();
        this.server.createContext("/", this::exchange);
        this.server.start();
    }

    /** Where it is, without a slash at the end. */
    public final URI url() {
        return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    @Override
    public final void close() {
        this.server.stop(0);
    }

    /** Has the next request refused, because there were too many. */
    public final synchronized void limitNext() {
        this.trouble = Trouble.LIMIT;
    }

    /** Does what the next changing request asks for and cuts the connection instead of answering. */
    public final synchronized void loseNextAnswer() {
        this.trouble = Trouble.LOSE;
    }

    /** All requests so far. */
    public final synchronized List<VendorRequest> requests() {
        return List.copyOf(this.requests);
    }

    /** Requests that may have changed something. */
    public final List<VendorRequest> changingRequests() {
        return requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    /** A copy of what is kept under an id, or {@code null}. */
    public final synchronized @Nullable JsonNode find(String id) {
        ObjectNode found = this.records.get(id);
        return (found != null) ? found.deepCopy() : null;
    }

    /** How many records there are. */
    public final synchronized int count() {
        return this.records.size();
    }

    /** The id of the record that was added last. */
    public final synchronized String newest() {
        return List.copyOf(this.records.keySet()).get(this.records.size() - 1);
    }

    /** Changes a record the way a person does with the vendor's own pages. */
    public final synchronized void edit(String id, Consumer<ObjectNode> change) {
        ObjectNode found = Objects.requireNonNull(this.records.get(id));
        change.accept(found);
        touch(found);
    }

    /** Takes a record away the way a person does. */
    public final synchronized void remove(String id) {
        this.records.remove(id);
    }

    /** Answers a request; one at a time. */
    abstract VendorReply answer(VendorRequest request);

    /** Whether the request proves who it is from. */
    abstract boolean authorized(VendorRequest request);

    abstract VendorReply unauthorized();

    abstract VendorReply limited();

    /** Notes that a record has changed, where the vendor does. */
    void touch(ObjectNode changed) {
        // most vendors show no version
    }

    final Map<String, ObjectNode> records() {
        return this.records;
    }

    /** A number that no other change has. */
    final int nextChange() {
        return ++this.changes;
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            VendorRequest request = read(exchange);
            VendorReply reply = reply(request);
            if (reply == null) {
                // closed without an answer
                return;
            }
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            if (body.length > 0) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
            }
            exchange.sendResponseHeaders(reply.status(), (body.length > 0) ? body.length : -1);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized @Nullable VendorReply reply(VendorRequest request) {
        this.requests.add(request);
        if (!authorized(request)) {
            return unauthorized();
        }
        if (this.trouble == Trouble.LIMIT) {
            this.trouble = Trouble.NONE;
            return limited();
        }
        VendorReply reply = answer(request);
        if (this.trouble == Trouble.LOSE && !request.method().equals("GET")) {
            this.trouble = Trouble.NONE;
            return null;
        }
        return reply;
    }

    private static VendorRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(values.size() - 1)));
        URI uri = exchange.getRequestURI();
        return new VendorRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                Objects.requireNonNullElse(uri.getRawQuery(), ""),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private enum Trouble {
        NONE,
        LIMIT,
        LOSE
    }
}
