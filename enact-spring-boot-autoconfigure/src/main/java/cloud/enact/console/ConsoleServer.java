package cloud.enact.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The console without an application, on the web server of the JDK. Thread-safe. */
public final class ConsoleServer implements AutoCloseable {

    private static final int THREADS = 8;

    private static final int BACKLOG = 50;

    private final HttpServer server;

    private final ExecutorService threads;

    private final ConsoleDoor door;

    private ConsoleServer(HttpServer server, ExecutorService threads, ConsoleDoor door) {
        this.server = server;
        this.threads = threads;
        this.door = door;
    }

    /**
     * Starts it.
     *
     * @param address where it listens; port 0 takes a free one
     * @param settings how it is reached
     * @param credential lets somebody in who shows it
     * @param sources what it shows
     * @param clock ends sessions
     * @throws IOException when nobody can listen there
     */
    public static ConsoleServer start(
            InetSocketAddress address,
            ConsoleSettings settings,
            ConsoleCredential credential,
            ConsoleSources sources,
            Clock clock)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "enact-console");
            thread.setDaemon(true);
            return thread;
        });
        ConsoleDoor door = new ConsoleDoor(settings, credential, sources, clock);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, settings.path(), door));
        server.start();
        return new ConsoleServer(server, threads, door);
    }

    private static void answer(HttpExchange http, String path, ConsoleDoor door) throws IOException {
        PlainExchange exchange = PlainExchange.read(http);
        if (exchange.path().equals("/")) {
            // nothing else is here
            exchange.send(ConsoleHeaders.on(Reply.redirect(path)));
        } else {
            door.answer(exchange);
        }
    }

    /** The port it listens on. */
    public int port() {
        return this.server.getAddress().getPort();
    }

    @Override
    public void close() {
        this.door.close();
        this.server.stop(0);
        this.threads.shutdownNow();
    }
}
