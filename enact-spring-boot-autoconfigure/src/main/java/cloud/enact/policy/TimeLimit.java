package cloud.enact.policy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs policies whose work nobody can bound, in a bounded pool of daemon threads, and waits for them only so long. A
 * policy that hangs keeps its thread; when all threads hang, further policies are refused at once.
 */
final class TimeLimit implements AutoCloseable {

    private static final int THREADS = 64;

    private static final int IDLE_SECONDS = 30;

    private final long nanos;

    private final String text;

    private final Semaphore free = new Semaphore(THREADS);

    private final AtomicInteger hanging = new AtomicInteger();

    private final ThreadPoolExecutor threads;

    /** A limit of zero or less lets policies run on the caller's thread for as long as they like. */
    TimeLimit(Duration limit) {
        this.nanos = limit.isZero() || limit.isNegative() ? 0 : saturatedNanos(limit);
        this.text = limit.toMillis() + " ms";
        AtomicInteger number = new AtomicInteger();
        // twice as many as places: a thread gives its place back a moment before it is idle
        this.threads = new ThreadPoolExecutor(
                0, 2 * THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "enact-policy-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Returns the policy's answer, or throws what it throws, or a {@link PolicyTimeoutException}. */
    @Nullable
    Verdict judge(BoundPolicy policy, PolicyInputs inputs) throws Throwable {
        if (this.nanos == 0) {
            return policy.ask(inputs);
        }
        long deadline = System.nanoTime() + this.nanos;
        try {
            if (this.hanging.get() >= THREADS || !this.free.tryAcquire(this.nanos, TimeUnit.NANOSECONDS)) {
                throw new PolicyTimeoutException("All " + THREADS + " threads for policies are taken by policies that"
                        + " hang, so the action is blocked. Whoever maintains them must correct them.");
            }
            return await(start(policy, inputs), deadline);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new PolicyTimeoutException("The call was cancelled while the policy ran, so the action is blocked.");
        }
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
    }

    private @Nullable Verdict await(Task task, long deadline) throws Throwable {
        try {
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException ex) {
            throw (ex.getCause() != null) ? ex.getCause() : ex;
        } catch (TimeoutException ex) {
            task.abandon();
            throw new PolicyTimeoutException("It took longer than " + this.text + ", so the action is blocked."
                    + " Try again later, or ask whoever maintains the policy.");
        } catch (InterruptedException ex) {
            task.abandon();
            throw ex;
        }
    }

    private Task start(BoundPolicy policy, PolicyInputs inputs) {
        Task task = new Task(policy, inputs);
        try {
            this.threads.execute(task);
        } catch (Throwable ex) {
            // closed, or no thread to be had
            this.free.release();
            throw ex;
        }
        return task;
    }

    private static long saturatedNanos(Duration limit) {
        try {
            return limit.toNanos();
        } catch (ArithmeticException ex) {
            return Long.MAX_VALUE / 2;
        }
    }

    /** One policy at work. Its place is free again only when it really ended, not when nobody waits any more. */
    private final class Task extends FutureTask<@Nullable Verdict> {

        private boolean ended;

        private boolean abandoned;

        private Task(BoundPolicy policy, PolicyInputs inputs) {
            super(() -> policy.ask(inputs));
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                end();
                TimeLimit.this.free.release();
            }
        }

        private synchronized void end() {
            this.ended = true;
            if (this.abandoned) {
                TimeLimit.this.hanging.decrementAndGet();
            }
        }

        private void abandon() {
            synchronized (this) {
                if (!this.ended) {
                    this.abandoned = true;
                    TimeLimit.this.hanging.incrementAndGet();
                }
            }
            cancel(true);
        }
    }
}
