package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Looks, in the background, what became of actions that earlier processes left in doubt. Thread-safe.
 *
 * <p>Who died just now still has the lease of its log, so that its actions count as running: they are looked for a
 * second time when that has ended.
 */
final class StartupRecovery implements SmartLifecycle {

    private static final Log logger = LogFactory.getLog(StartupRecovery.class);

    private static final Actor ACTOR = new Actor("enact", Set.of(), Map.of(), null, null, "recovery");

    private static final int NAMED_AT_MOST = 20;

    private final RecoveryService recovery;

    private final RecoveryProperties properties;

    private final @Nullable Duration lease;

    /** What was found and told before; of the timer's thread alone. */
    private final Set<UUID> told = new HashSet<>();

    private @Nullable ScheduledExecutorService timer;

    /** @param lease how long a log stays with a process that is gone, or {@code null} when it is free at once */
    StartupRecovery(RecoveryService recovery, RecoveryProperties properties, @Nullable Duration lease) {
        this.recovery = recovery;
        this.properties = properties;
        this.lease = lease;
    }

    @Override
    public synchronized void start() {
        if (this.timer != null || this.properties.startup() == RecoveryProperties.Startup.OFF) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "enact-recovery");
            thread.setDaemon(true);
            return thread;
        });
        started.execute(this::recoverSafely);
        if (this.lease != null) {
            started.schedule(this::recoverSafely, this.lease.toMillis(), TimeUnit.MILLISECONDS);
        }
        // ends its thread behind the last of them
        started.shutdown();
        this.timer = started;
    }

    @Override
    public synchronized void stop() {
        if (this.timer != null) {
            this.timer.shutdownNow();
        }
        this.timer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return this.timer != null;
    }

    private void recoverSafely() {
        try {
            recover(System.nanoTime() + this.properties.timeLimit().toNanos());
        } catch (RuntimeException ex) {
            logger.warn("Actions in doubt were not looked at after start-up ("
                    + ex.getClass().getName() + "); GET receipts/in-doubt looks again, and at DEBUG there is more");
            logger.debug("Actions in doubt were not looked at", ex);
        }
    }

    private void recover(long deadline) {
        List<InDoubtAction> doubts = this.recovery.inDoubt().stream()
                .filter(doubt -> !this.told.contains(doubt.decision().actionId()))
                .toList();
        int seen = 0;
        for (InDoubtAction doubt : doubts) {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadline > 0) {
                logger.warn((doubts.size() - seen) + " actions in doubt were not looked at within "
                        + this.properties.timeLimit() + "; see GET receipts/in-doubt");
                return;
            }
            recover(doubt, seen++ < NAMED_AT_MOST);
            this.told.add(doubt.decision().actionId());
        }
    }

    private void recover(InDoubtAction doubt, boolean named) {
        if (doubt.decision().damage() != null) {
            return;
        }
        if (this.properties.startup() == RecoveryProperties.Startup.RECONCILE) {
            ReconcileReport report =
                    this.recovery.reconcile(ReconcileRequest.of(doubt.decision().runId(), Resolution.PROBE, ACTOR, null)
                            .only(doubt.decision().actionId()));
            report.actions().forEach(line -> tell(line.action(), line.settled(), named));
            if (report.result() == ReconcileReport.Result.REFUSED && named) {
                logger.warn(report.message());
            }
        } else {
            this.recovery.look(doubt.decision().runId()).stream()
                    .filter(action -> action.decision().equals(doubt.decision()))
                    .forEach(action -> tell(action, null, named));
        }
    }

    /** Ids and names only: what looking found may repeat arguments. */
    private static void tell(InDoubtAction action, @Nullable Resolution settled, boolean named) {
        String what = "Action " + action.decision().action() + " of run "
                + action.decision().runId() + " was left in doubt; looking says " + action.finding();
        if (settled != null && named) {
            logger.info(what + ", and it is reconciled as " + settled.word());
        } else if (named) {
            logger.warn(what + ". Reconcile the run, or roll it back");
        }
    }
}
