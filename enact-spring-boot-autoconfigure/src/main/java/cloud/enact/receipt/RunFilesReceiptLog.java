package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A log that also keeps a readable JSON file per run, written after the receipt is durable, on a thread of its own. A
 * file that can't be written is a warning, never the caller's problem.
 */
final class RunFilesReceiptLog extends ForwardingReceiptLog {

    private static final Log logger = LogFactory.getLog(RunFilesReceiptLog.class);

    /** Runs that may wait to be written; the files of further ones are left as they are, with a warning. */
    private static final int MAX_WAITING = 10_000;

    /** Runs whose cost of writing is remembered. */
    private static final int MAX_REMEMBERED = 1000;

    /** A file is written anew only after this many times what writing it last took: a long run stays affordable. */
    private static final int PAUSE = 10;

    private final RunFiles files;

    private final Thread writer;

    private final Object monitor = new Object();

    /** Runs to write, and when at the earliest. */
    private final Map<RunId, Long> waiting = new LinkedHashMap<>();

    private final Map<RunId, Long> notBefore = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private boolean closing;

    private long failures;

    private @Nullable String lastError;

    RunFilesReceiptLog(ReceiptLog delegate, RunFiles files) {
        super(delegate);
        this.files = files;
        this.writer = new Thread(this::run, "enact-receipt-files");
        this.writer.setDaemon(true);
        this.writer.start();
    }

    @Override
    public Receipt append(ReceiptDraft draft) {
        Receipt receipt = this.delegate.append(draft);
        wanted(receipt.runId());
        return receipt;
    }

    private void wanted(RunId runId) {
        synchronized (this.monitor) {
            if (this.waiting.size() >= MAX_WAITING && !this.waiting.containsKey(runId)) {
                failed("more than " + MAX_WAITING + " runs wait to be written");
                return;
            }
            this.waiting.putIfAbsent(runId, this.notBefore.getOrDefault(runId, System.nanoTime()));
            this.monitor.notifyAll();
        }
    }

    private void run() {
        while (true) {
            RunId runId = next();
            if (runId == null) {
                return;
            }
            long start = System.nanoTime();
            try {
                this.files.write(runId);
                synchronized (this.monitor) {
                    this.lastError = null;
                }
            } catch (IOException | RuntimeException ex) {
                synchronized (this.monitor) {
                    failed("run " + runId + ": " + ex);
                }
            }
            long end = System.nanoTime();
            synchronized (this.monitor) {
                this.notBefore.put(runId, end + PAUSE * (end - start));
            }
        }
    }

    /** The next run that is due, or any while closing; {@code null} when closing and all are written. */
    private @Nullable RunId next() {
        synchronized (this.monitor) {
            while (true) {
                long now = System.nanoTime();
                long pause = Long.MAX_VALUE;
                Iterator<Map.Entry<RunId, Long>> runs = this.waiting.entrySet().iterator();
                while (runs.hasNext()) {
                    Map.Entry<RunId, Long> run = runs.next();
                    long left = this.closing ? 0 : run.getValue() - now;
                    if (left <= 0) {
                        runs.remove();
                        return run.getKey();
                    }
                    pause = Math.min(pause, left);
                }
                if (this.closing) {
                    return null;
                }
                await(pause);
            }
        }
    }

    private void await(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                this.monitor.wait();
            } else {
                this.monitor.wait(nanos / 1_000_000 + 1);
            }
        } catch (InterruptedException ex) {
            // only close() ends this thread; looks again
            logger.debug("Interrupted while waiting for runs to write");
        }
    }

    /** Warns when something starts to go wrong, not each time it does. */
    private void failed(String error) {
        this.failures++;
        if (this.lastError == null) {
            logger.warn("A readable copy of receipts was not written (the receipts themselves are stored): " + error
                    + ". Check the folder json-dir names; further failures are counted, not logged");
        }
        this.lastError = error;
    }

    @Override
    public ReceiptLogState state() {
        ReceiptLogState state = super.state();
        synchronized (this.monitor) {
            return state.withCopies(this.failures, this.lastError);
        }
    }

    @Override
    public void close() {
        super.close();
        synchronized (this.monitor) {
            this.closing = true;
            this.monitor.notifyAll();
        }
        boolean interrupted = false;
        while (this.writer.isAlive()) {
            try {
                this.writer.join();
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
