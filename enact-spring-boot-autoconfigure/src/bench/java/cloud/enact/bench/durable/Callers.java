package cloud.enact.bench.durable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Threads that do the same thing again and again, each as soon as its last one is durable. Several ways of doing it are
 * measured in short slices, one way after the other, so that a slow second is shared by all of them.
 */
final class Callers implements AutoCloseable {

    private static final int SLICES = 5;

    private static final long SLICE_NANOS = 500_000_000L;

    private final int count;

    private final ExecutorService threads;

    Callers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** One way of making something durable. */
    interface Append {

        /**
         * Returns when it is durable.
         *
         * @param caller number of the calling thread
         */
        void by(int caller) throws Exception;
    }

    /**
     * What was measured of one way.
     *
     * @param perSecond median of its slices, all callers together
     * @param p50 microseconds that half of all calls took at most
     * @param p99 microseconds that 99 of 100 calls took at most
     */
    record Result(long perSecond, long p50, long p99) {}

    List<Result> measure(Append... ways) throws InterruptedException, ExecutionException {
        List<List<Slice>> slices =
                Arrays.stream(ways).<List<Slice>>map(way -> new ArrayList<>()).toList();
        for (int i = 0; i < SLICES; i++) {
            for (int way = 0; way < ways.length; way++) {
                slices.get(way).add(slice(ways[way]));
            }
        }
        return slices.stream().map(Callers::result).toList();
    }

    private record Slice(double perSecond, long[] nanos) {}

    private Slice slice(Append append) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        List<Callable<long[]>> work = new ArrayList<>();
        for (int i = 0; i < this.count; i++) {
            int caller = i;
            work.add(() -> repeat(append, caller, start + SLICE_NANOS));
        }
        List<long[]> all = new ArrayList<>();
        for (Future<long[]> nanos : this.threads.invokeAll(work)) {
            all.add(nanos.get());
        }
        // the last calls of all ended after the slice, so its real length counts
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] nanos = all.stream().flatMapToLong(LongStream::of).toArray();
        return new Slice(nanos.length / seconds, nanos);
    }

    private static long[] repeat(Append append, int caller, long end) throws Exception {
        long[] nanos = new long[1024];
        int done = 0;
        long now = System.nanoTime();
        do {
            long before = now;
            append.by(caller);
            now = System.nanoTime();
            if (done == nanos.length) {
                nanos = Arrays.copyOf(nanos, done * 2);
            }
            nanos[done++] = now - before;
        } while (now - end < 0);
        return Arrays.copyOf(nanos, done);
    }

    private static Result result(List<Slice> slices) {
        double[] rates = slices.stream().mapToDouble(Slice::perSecond).sorted().toArray();
        long[] nanos = slices.stream()
                .flatMapToLong(slice -> LongStream.of(slice.nanos()))
                .sorted()
                .toArray();
        return new Result(
                Math.round(rates[rates.length / 2]),
                nanos[nanos.length / 2] / 1000,
                nanos[(int) (nanos.length * 99L / 100)] / 1000);
    }

    @Override
    public void close() {
        this.threads.shutdown();
    }
}
