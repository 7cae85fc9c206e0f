package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Looks, in the background, what became of actions that earlier processes left in doubt. Thread-safe. */
final class StartupRecovery implements SmartLifecycle {

    private static final Log logger = LogFactory.getLog(StartupRecovery.class);

    private static final Actor ACTOR = new Actor("enact", Set.of(), Map.of(), null, null, "recovery");

    private static final int NAMED_AT_MOST = 20;

    private final RecoveryService recovery;

    private final RecoveryProperties properties;

    private @Nullable Thread thread;

    StartupRecovery(RecoveryService recovery, RecoveryProperties properties) {
        this.recovery = recovery;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (this.thread == null && this.properties.startup() != RecoveryProperties.Startup.OFF) {
            Thread started = new Thread(this::recoverSafely, "enact-recovery");
            started.setDaemon(true);
            started.start();
            this.thread = started;
        }
    }

    @Override
    public synchronized void stop() {
        if (this.thread != null) {
            this.thread.interrupt();
        }
        this.thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return this.thread != null;
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
        List<InDoubtAction> doubts = this.recovery.inDoubt();
        int seen = 0;
        for (InDoubtAction doubt : doubts) {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadline > 0) {
                logger.warn((doubts.size() - seen) + " actions in doubt were not looked at within "
                        + this.properties.timeLimit() + "; see GET receipts/in-doubt");
                return;
            }
            recover(doubt, seen++ < NAMED_AT_MOST);
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
