package cloud.enact.receipt;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a log, of which the next one is read on another thread while this one is looked at. One page is read ahead
 * and no more, and none behind a page of large entries, so that memory stays what it was. Not thread-safe.
 */
final class PagesAhead implements AutoCloseable {

    /** Bytes of a page beyond which the next one is read when it is asked for. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final LongFunction<List<Receipt>> pageFrom;

    private final int limit;

    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "enact-verification-reader");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Page ahead;

    /**
     * Reads ahead.
     *
     * @param pageFrom the page that begins at a place; called on two threads
     * @param limit entries of a page that others follow
     */
    PagesAhead(LongFunction<List<Receipt>> pageFrom, int limit) {
        this.pageFrom = pageFrom;
        this.limit = limit;
    }

    private record Page(long fromSeq, Future<List<Receipt>> entries) {}

    /** The page that begins at a place, as it is now or was a moment ago. */
    List<Receipt> read(long fromSeq) {
        List<Receipt> page = (this.ahead != null && this.ahead.fromSeq() == fromSeq)
                ? await(this.ahead.entries())
                : this.pageFrom.apply(fromSeq);
        this.ahead = null;
        if (page.size() == this.limit && page.stream().mapToLong(Receipt::size).sum() <= MOST_BYTES) {
            long next = page.get(page.size() - 1).seq() + 1;
            this.ahead = new Page(next, this.reader.submit(() -> this.pageFrom.apply(next)));
        }
        return page;
    }

    private static List<Receipt> await(Future<List<Receipt>> page) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return page.get();
                } catch (InterruptedException ex) {
                    // it is half read already, and is bounded by the time-out of the store
                    interrupted = true;
                }
            }
        } catch (ExecutionException ex) {
            Throwable cause = ex.getCause();
            String reason = (cause != null && cause.getMessage() != null) ? cause.getMessage() : String.valueOf(cause);
            throw new ReceiptStoreException(reason, cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        this.reader.shutdown();
    }
}
