package cloud.enact.bench.hook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends requests at a steady rate, whether or not earlier ones are answered. A round trip is counted from the time at
 * which its request was due, so that a server that stalls makes all look slow who would have come meanwhile.
 */
final class OpenLoop {

    private static final long SECOND = 1_000_000_000L;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final IntFunction<HttpRequest> requests;

    private final String expected;

    /**
     * Prepares to send.
     *
     * @param requests what is sent, by number
     * @param expected what every answer must hold
     */
    OpenLoop(IntFunction<HttpRequest> requests, String expected) {
        this.requests = requests;
        this.expected = expected;
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
        AtomicLong wrong = new AtomicLong();
        CountDownLatch open = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * SECOND / rate;
            int number = i;
            HttpRequest request = this.requests.apply(first + i);
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, ex) -> {
                millis[number] = (System.nanoTime() - due) / 1e6;
                if (answer == null
                        || answer.statusCode() != 200
                        || !answer.body().contains(this.expected)) {
                    wrong.incrementAndGet();
                }
                open.countDown();
            });
        }
        if (!open.await(60, TimeUnit.SECONDS) || wrong.get() > 0) {
            throw new IllegalStateException(
                    wrong + " of " + count + " were answered wrongly, " + open.getCount() + " not at all");
        }
        Arrays.sort(millis);
        return new Times(millis);
    }
}
