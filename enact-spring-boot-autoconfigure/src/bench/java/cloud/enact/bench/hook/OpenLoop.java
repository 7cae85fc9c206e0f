package cloud.enact.bench.hook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends requests at a steady rate, whether or not earlier ones are answered. A round trip is counted from the time at
 * which its request was due, so that a server that stalls makes all look slow who would have come meanwhile. Each
 * sender has a connection that stays open, and blocks: what is asynchronous starts a thread per answer where a machine
 * has two cores, and would be measured instead.
 */
final class OpenLoop {

    private static final int SENDERS = 64;

    private static final long SECOND = 1_000_000_000L;

    private final IntFunction<Request> requests;

    private final String expected;

    /**
     * Prepares to send.
     *
     * @param requests what is sent, by number
     * @param expected what every answer must hold
     */
    OpenLoop(IntFunction<Request> requests, String expected) {
        this.requests = requests;
        this.expected = expected;
    }

    /** What is posted; the token may be empty. */
    record Request(URI address, String token, byte[] body) {

        byte[] bytes() {
            String head = "POST " + this.address.getPath() + " HTTP/1.1\r\nHost: " + this.address.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + this.body.length
                    + (this.token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + this.token) + "\r\n\r\n";
            byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), head.length() + this.body.length);
            System.arraycopy(this.body, 0, bytes, head.length(), this.body.length);
            return bytes;
        }
    }

    /** Round trips, sorted, in milliseconds. */
    record Times(double[] millis) {

        double percentile(double share) {
            return this.millis[(int) Math.min(this.millis.length - 1, this.millis.length * share)];
        }
    }

    /**
     * Sends for some time.
     *
     * @param first number of the first request
     * @param rate requests per second
     * @param seconds how long
     */
    Times run(int first, int rate, int seconds) throws InterruptedException {
        int count = rate * seconds;
        double[] millis = new double[count];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        long start = System.nanoTime() + SECOND / 10;
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                try (KeptConnection connection =
                        new KeptConnection(this.requests.apply(first).address())) {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        byte[] request = this.requests.apply(first + number).bytes();
                        long due = start + number * SECOND / rate;
                        while (due - System.nanoTime() > 0) {
                            LockSupport.parkNanos(due - System.nanoTime());
                        }
                        String answer = connection.send(request);
                        millis[number] = (System.nanoTime() - due) / 1e6;
                        if (answer.contains(this.expected)) {
                            answered.incrementAndGet();
                        }
                    }
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
        }
        senders.shutdown();
        if (!senders.awaitTermination(seconds + 60, TimeUnit.SECONDS) || answered.get() < count) {
            throw new IllegalStateException("Of " + count + " requests, " + answered + " were answered as they should");
        }
        Arrays.sort(millis);
        return new Times(millis);
    }
}
