package cloud.enact.approval;

import cloud.enact.action.Printable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells people through all channels that they are asked, each on a thread of its own: neither a slow nor a broken
 * channel holds a call or another channel up. What fails is tried a few times more, and then noted. Thread-safe.
 */
public final class ApprovalDispatch implements ApprovalListener, AutoCloseable {

    private static final Log logger = LogFactory.getLog(ApprovalDispatch.class);

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(20));

    /** Requests and repetitions for one channel. */
    private static final int MOST_WAITING = 1000;

    private static final int LONGEST_NAME = 200;

    private static final long CLOSING_SECONDS = 2;

    private final List<ApprovalChannel> channels;

    private final @Nullable ApprovalLinkAddress links;

    private final ApprovalNotes notes;

    private final List<Duration> pauses;

    /** By the place of the channel. */
    private final List<ScheduledThreadPoolExecutor> threads;

    /**
     * Makes the dispatch and its threads.
     *
     * @param channels all of them are used
     * @param links makes links, or {@code null} where the application has no page for them
     * @param notes remembers what can't be sent
     */
    public ApprovalDispatch(
            List<? extends ApprovalChannel> channels, @Nullable ApprovalLinkAddress links, ApprovalNotes notes) {
        this(channels, links, notes, PAUSES);
    }

    /**
     * Makes the dispatch and its threads.
     *
     * @param pauses before what failed is tried again
     */
    public ApprovalDispatch(
            List<? extends ApprovalChannel> channels,
            @Nullable ApprovalLinkAddress links,
            ApprovalNotes notes,
            List<Duration> pauses) {
        this.channels = List.copyOf(channels);
        this.links = links;
        this.notes = notes;
        this.pauses = List.copyOf(pauses);
        this.threads =
                this.channels.stream().map(channel -> thread(channel.name())).toList();
    }

    private static ScheduledThreadPoolExecutor thread(String channel) {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "enact-approvals-" + channel);
            thread.setDaemon(true);
            return thread;
        });
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return made;
    }

    /** Tells people soon; never throws, because the request is there for them in any case. */
    @Override
    public void requested(ApprovalRequest request) {
        for (int i = 0; i < this.channels.size(); i++) {
            int place = i;
            if (!later(place, Duration.ZERO, () -> tell(place, request))) {
                logger.error("Channel " + this.channels.get(i).name() + " tells nobody that approval " + request.id()
                        + " is wanted, because too many messages wait or the application ends."
                        + " It can still be answered");
            }
        }
    }

    @Override
    public void answered(ApprovalRequest request, ApprovalAnswer answer) {
        // nobody waits for a message about that
    }

    @Override
    public void ended(ApprovalRequest request, ApprovalState end) {
        // nobody waits for a message about that
    }

    private boolean later(int place, Duration pause, Runnable task) {
        ScheduledThreadPoolExecutor thread = this.threads.get(place);
        if (thread.getQueue().size() >= MOST_WAITING) {
            return false;
        }
        try {
            thread.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException ex) {
            logger.debug("The application ends", ex);
            return false;
        }
    }

    private void tell(int place, ApprovalRequest request) {
        ApprovalChannel channel = this.channels.get(place);
        try {
            channel.approvers(request).forEach(approver -> send(place, request, approver, 0));
        } catch (RuntimeException | LinkageError ex) {
            giveUp(channel, request, "anybody", ex);
        }
    }

    private void send(int place, ApprovalRequest request, String approver, int attempt) {
        ApprovalChannel channel = this.channels.get(place);
        try {
            channel.send(message(channel, request, approver));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            giveUp(channel, request, approver, ex);
        } catch (Exception | LinkageError ex) {
            boolean again = attempt < this.pauses.size()
                    && later(place, this.pauses.get(attempt), () -> send(place, request, approver, attempt + 1));
            if (!again) {
                giveUp(channel, request, approver, ex);
            }
        }
    }

    private ApprovalMessage message(ApprovalChannel channel, ApprovalRequest request, String approver) {
        return (this.links != null)
                ? new ApprovalMessage(
                        request,
                        approver,
                        this.links.of(request, true, approver, channel.name()),
                        this.links.of(request, false, approver, channel.name()))
                : new ApprovalMessage(request, approver, null, null);
    }

    /** The message of what was thrown may hold a link or a credential, so only its class is told. */
    private void giveUp(ApprovalChannel channel, ApprovalRequest request, String approver, Throwable cause) {
        String sentence = "Channel " + channel.name() + " could not tell "
                + Printable.line(approver, LONGEST_NAME) + " ("
                + cause.getClass().getSimpleName() + ").";
        logger.error("Approval " + request.id() + " is wanted. " + sentence + " It can still be answered elsewhere");
        try {
            this.notes.note(request.id(), sentence);
        } catch (RuntimeException ex) {
            logger.error("That could not be noted on approval " + request.id(), ex);
        }
    }

    /** Sends what can be sent at once, and ends the threads. */
    @Override
    public void close() {
        this.threads.forEach(ScheduledThreadPoolExecutor::shutdown);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
        try {
            for (ScheduledThreadPoolExecutor thread : this.threads) {
                if (!thread.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    thread.shutdownNow();
                }
            }
        } catch (InterruptedException ex) {
            this.threads.forEach(ScheduledThreadPoolExecutor::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }
}
