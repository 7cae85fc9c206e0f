package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells pages that there are newer receipts, as server-sent events. An answer is one event, at the latest when the
 * browser should ask again: nobody slow holds up a thread. What is new is looked up once a second for all who wait, and
 * not at all while nobody does; so receipts of other processes are told, too. Thread-safe.
 */
final class LiveUpdates implements AutoCloseable {

    static final int MOST_CLIENTS = 32;

    private static final Log logger = LogFactory.getLog(LiveUpdates.class);

    private static final long PATIENCE_SECONDS = 25;

    private static final long FIRST_MILLIS = 100;

    private static final long INTERVAL_MILLIS = 1000;

    /** A page knows at once that it is told. */
    private static final Reply HEAD =
            ConsoleHeaders.on(new Reply(200, "text/event-stream;charset=UTF-8", new byte[0], Map.of()));

    private final ReceiptStore store;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "enact-console-events");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Waiting> waiting = new ArrayList<>();

    private @Nullable ScheduledFuture<?> looking;

    LiveUpdates(ReceiptStore store) {
        this.store = store;
    }

    private record Waiting(ConsoleExchange.Held answer, String mark, boolean mayChange, long deadline) {}

    /** Who makes room. */
    private static Waiting first(List<Waiting> waiting) {
        return waiting.stream()
                .filter(client -> !client.mayChange())
                .findFirst()
                .orElse(waiting.get(0));
    }

    /** What the newest receipt on a page is called. */
    static String mark(Receipt newest) {
        return ListQuery.write(ReceiptCursor.of(newest));
    }

    /**
     * Has a client wait.
     *
     * @param mark what the newest receipt it knows is called; empty for none
     * @param mayChange whether it is somebody's who may change something: those who only read make room first
     */
    void answer(ConsoleExchange exchange, String mark, boolean mayChange) throws IOException {
        ConsoleExchange.Held answer = this.timer.isShutdown() ? null : exchange.hold(HEAD);
        if (answer == null) {
            throw new ConsoleException(503, "No live updates", "Load the page again to see what is new.");
        }
        Waiting displaced = null;
        synchronized (this.waiting) {
            if (this.waiting.size() >= MOST_CLIENTS) {
                displaced = first(this.waiting);
                this.waiting.remove(displaced);
            }
            this.waiting.add(new Waiting(
                    answer, mark, mayChange, System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)));
            if (this.looking == null) {
                this.looking = this.timer.scheduleWithFixedDelay(
                        this::look, FIRST_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        if (displaced != null) {
            // its browser asks again
            send(displaced, displaced.mark());
        }
    }

    private void look() {
        try {
            String newest = this.store.query(ReceiptFilter.all(), null, 1).receipts().stream()
                    .findFirst()
                    .map(LiveUpdates::mark)
                    .orElse("");
            taken(newest).forEach(client -> send(client, newest));
        } catch (RuntimeException ex) {
            // the next look must come, whatever is the matter with this one
            logger.debug("New receipts can't be looked up; the next look comes soon", ex);
            taken(null).forEach(client -> send(client, client.mark()));
        }
    }

    /** Those who are told now. */
    private List<Waiting> taken(@Nullable String newest) {
        long now = System.nanoTime();
        synchronized (this.waiting) {
            List<Waiting> taken = this.waiting.stream()
                    .filter(client -> newest != null && !newest.equals(client.mark()) || now - client.deadline() >= 0)
                    .toList();
            this.waiting.removeAll(taken);
            ScheduledFuture<?> task = this.looking;
            if (this.waiting.isEmpty() && task != null) {
                task.cancel(false);
                this.looking = null;
            }
            return taken;
        }
    }

    private static void send(Waiting client, String newest) {
        String event = newest.equals(client.mark())
                ? "retry: 1000\n: nothing new\n\n"
                : "retry: 1000\nid: " + newest + "\nevent: receipts\ndata: " + newest + "\n\n";
        end(client, event);
    }

    private static void end(Waiting client, String event) {
        try {
            client.answer().end(event.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | RuntimeException ex) {
            // servers throw all kinds of things for a request that is over, and others wait
            logger.debug("A page is gone that waited for new receipts", ex);
        }
    }

    @Override
    public void close() {
        this.timer.shutdownNow();
        List<Waiting> left;
        synchronized (this.waiting) {
            left = List.copyOf(this.waiting);
            this.waiting.clear();
        }
        left.forEach(client -> end(client, ""));
    }
}
