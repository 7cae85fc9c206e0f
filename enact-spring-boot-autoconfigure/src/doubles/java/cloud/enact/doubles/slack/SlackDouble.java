package cloud.enact.doubles.slack;

import cloud.enact.doubles.Loopback;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API over a workspace on the heap: tokens and their scopes, channels and their members, messages,
 * threads, reactions, metadata, refusals with Slack's codes, rate limits. What people do in Slack is done by methods
 * of this class; what goes wrong on the way is said by {@link #fault}. Thread-safe.
 */
public final class SlackDouble implements AutoCloseable {

    private static final int MAX_BODY = 1_000_000;

    private final SlackForm answers = new SlackForm();

    private final Map<String, SlackApp> apps = new LinkedHashMap<>();

    private final Map<String, SlackChannel> channels = new TreeMap<>();

    private final SlackClock clock = new SlackClock();

    private final SlackMethods methods = new SlackMethods(this.channels, this.clock);

    private final SlackTroubles troubles = new SlackTroubles();

    private final List<String> calls = new ArrayList<>();

    private final CountDownLatch held = new CountDownLatch(1);

    private final CountDownLatch arrived = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "slack-double");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpServer server;

    private SlackDouble(HttpServer server) {
        this.server = server;
        server.setExecutor(this.threads);
        server.createContext("/api/", this::answer);
        server.start();
    }

    /** Starts one at a free port of this machine. */
    public static SlackDouble start() {
        return new SlackDouble(Loopback.bind());
    }

    /** Where its Web API is. */
    public URI endpoint() {
        return URI.create("http://localhost:" + this.server.getAddress().getPort() + "/api/");
    }

    /** Installs an app: its token, its user id and what the token may. Installing again changes the scopes. */
    public synchronized SlackDouble app(String token, String user, String... scopes) {
        this.apps.put(token, new SlackApp(user, Set.of(scopes)));
        return this;
    }

    /** Takes a token away. */
    public synchronized void revoke(String token) {
        this.apps.remove(token);
    }

    /**
     * Opens a conversation.
     *
     * @param id begins with C for a channel, G for a private one, D for direct messages
     */
    public synchronized SlackDouble channel(String id, String name, String... members) {
        SlackChannel channel = new SlackChannel(id, name, name.startsWith("mpdm-"));
        channel.members().addAll(Arrays.asList(members));
        this.channels.put(id, channel);
        return this;
    }

    /** Gives a channel another name. */
    public synchronized void rename(String id, String name) {
        at(id).rename(name);
    }

    /** Closes a channel for new messages. */
    public synchronized void archive(String id) {
        at(id).archive();
    }

    /** Takes somebody into a channel. */
    public synchronized void join(String id, String user) {
        at(id).members().add(user);
    }

    /** Takes somebody out of a channel. */
    public synchronized void leave(String id, String user) {
        at(id).members().remove(user);
    }

    /** Somebody posts; returns the time of the message. */
    public synchronized String post(String channel, String user, String text) {
        return add(channel, new SlackMessage(this.clock.next(), user, text, null, null, null));
    }

    /** Somebody replies in a thread; returns the time of the reply. */
    public synchronized String reply(String channel, String thread, String user, String text) {
        return add(channel, new SlackMessage(this.clock.next(), user, text, thread, null, null));
    }

    /** Somebody posts something made of blocks; returns the time of the message. */
    public synchronized String post(String channel, String user, String text, List<Map<String, Object>> blocks) {
        return add(channel, new SlackMessage(this.clock.next(), user, text, null, null, blocks));
    }

    /** Somebody posts something that carries a mark, as apps do; returns the time of the message. */
    public synchronized String postMarked(String channel, String user, String text, String event, String mark) {
        Map<String, Object> metadata = Map.of("event_type", event, "event_payload", Map.of("id", mark));
        return add(channel, new SlackMessage(this.clock.next(), user, text, null, metadata, null));
    }

    /** Somebody edits. */
    public synchronized void edit(String channel, String ts, String user, String text) {
        at(channel).message(ts).orElseThrow().edit(user, text, null);
    }

    /** Somebody deletes. */
    public synchronized void delete(String channel, String ts) {
        at(channel).remove(ts);
    }

    /** Somebody reacts. */
    public synchronized void react(String channel, String ts, String user, String name) {
        at(channel).message(ts).orElseThrow().react(user, name);
    }

    /** Somebody takes a reaction away. */
    public synchronized void unreact(String channel, String ts, String user, String name) {
        at(channel).message(ts).orElseThrow().unreact(user, name);
    }

    /** Lets something go wrong with the next request to a method such as {@code chat.postMessage}. */
    public void fault(String method, SlackFault fault) {
        this.troubles.fault(method, fault);
    }

    /** Refuses the next request to a method until some seconds are over. */
    public void rateLimit(String method, int retryAfter) {
        this.troubles.rateLimit(method, retryAfter);
    }

    /** Is away, or back: while it is away, each connection breaks. */
    public void down(boolean down) {
        this.troubles.down(down);
    }

    /** Lets held requests go on. */
    public void release() {
        this.held.countDown();
    }

    /** Waits until a request is held. */
    public void awaitHeld() throws InterruptedException {
        this.arrived.await();
    }

    /** Methods in the order of their calls. */
    public synchronized List<String> calls() {
        return List.copyOf(this.calls);
    }

    /** Texts of a channel, oldest first, replies included. */
    public synchronized List<String> texts(String channel) {
        return at(channel).seen().stream()
                .map(message -> String.valueOf(((Map<?, ?>) message).get("text")))
                .toList();
    }

    /** Times of the messages of a channel, oldest first, replies included. */
    public synchronized List<String> times(String channel) {
        return at(channel).seen().stream()
                .map(message -> String.valueOf(((Map<?, ?>) message).get("ts")))
                .toList();
    }

    /** All that can be seen, comparable: channels and their messages. */
    public synchronized Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        this.channels.forEach((id, channel) -> state.put(id, channel.seen()));
        return state;
    }

    @Override
    public void close() {
        release();
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    private String add(String channel, SlackMessage message) {
        at(channel).add(message);
        return message.ts();
    }

    private SlackChannel at(String id) {
        SlackChannel channel = this.channels.get(id);
        if (channel == null) {
            throw new IllegalArgumentException("There is no channel " + id);
        }
        return channel;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().substring("/api/".length());
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            SlackFault fault = this.troubles.next(method);
            if (fault == SlackFault.DROP_REQUEST) {
                return;
            }
            if (fault == SlackFault.HELD) {
                this.arrived.countDown();
                await();
            }
            Integer retryAfter = this.troubles.retryAfter(method);
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter.toString());
                this.answers.send(exchange, 429, new SlackProblem("ratelimited").json(), false);
                return;
            }
            if (fault == SlackFault.ERROR_BEFORE) {
                this.answers.send(exchange, 503, "<html>try later</html>", false);
                return;
            }
            Map<String, @Nullable Object> answer = call(exchange, method, body);
            if (fault == SlackFault.ERROR_AFTER) {
                this.answers.send(exchange, 500, "<html>oops</html>", false);
            } else if (fault == SlackFault.FATAL_ERROR) {
                this.answers.send(exchange, 200, new SlackProblem("fatal_error").json(), false);
            } else if (fault != SlackFault.DROP_RESPONSE) {
                this.answers.send(exchange, 200, answer, fault == SlackFault.CUT_RESPONSE);
            }
        }
    }

    private void await() {
        try {
            this.held.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Map<String, @Nullable Object> call(HttpExchange exchange, String method, byte[] body) {
        this.calls.add(method);
        try {
            Map<String, String> form = SlackForm.read(exchange, body);
            SlackApp app = app(exchange, form);
            exchange.getResponseHeaders().add("x-oauth-scopes", app.provided());
            return this.methods.call(method, app, form);
        } catch (SlackProblem ex) {
            return ex.json();
        }
    }

    private SlackApp app(HttpExchange exchange, Map<String, String> form) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String token = (header != null && header.startsWith("Bearer "))
                ? header.substring("Bearer ".length())
                : form.get("token");
        if (token == null) {
            throw new SlackProblem("not_authed");
        }
        SlackApp app = this.apps.get(token);
        if (app == null) {
            throw new SlackProblem("invalid_auth");
        }
        return app;
    }
}
