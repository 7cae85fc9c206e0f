package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Remembers checkpoints in memory; stands still or refuses when a test says so. Public for other rooms' tests. */
public final class RecordingSink implements CheckpointSink {

    private final String name;

    private final List<Checkpoint> checkpoints = new ArrayList<>();

    private volatile @Nullable CountDownLatch gate;

    private volatile @Nullable String refusal;

    public RecordingSink(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return this.name;
    }

    /** Stands still at the next checkpoint until the latch is counted down. */
    public CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        this.gate = latch;
        return latch;
    }

    /** Refuses from now on, or takes again. */
    public void refuse(@Nullable String reason) {
        this.refusal = reason;
    }

    @Override
    public void accept(Checkpoint checkpoint) throws Exception {
        CountDownLatch latch = this.gate;
        if (latch != null) {
            latch.await();
        }
        String reason = this.refusal;
        if (reason != null) {
            throw new IllegalStateException(reason);
        }
        synchronized (this) {
            this.checkpoints.add(checkpoint);
            notifyAll();
        }
    }

    public synchronized List<Checkpoint> checkpoints() {
        return List.copyOf(this.checkpoints);
    }

    /** Waits for a checkpoint of at least this size; a test's own time limit ends the wait. */
    public synchronized Checkpoint await(long size) throws InterruptedException {
        while (this.checkpoints.isEmpty() || last().size() < size) {
            wait();
        }
        return last();
    }

    private Checkpoint last() {
        return this.checkpoints.get(this.checkpoints.size() - 1);
    }
}
