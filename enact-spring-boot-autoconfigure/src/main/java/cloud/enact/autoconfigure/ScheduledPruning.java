package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.connector.postgres.RowsRetention;
import cloud.enact.rollback.PruneReport;
import cloud.enact.rollback.UndoPruner;
import cloud.enact.undo.FailureLog;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

/** Removes undo data that is older than it is kept, now and then. Thread-safe. */
final class ScheduledPruning implements SmartLifecycle {

    private static final Log logger = LogFactory.getLog(ScheduledPruning.class);

    private static final FailureLog failures = new FailureLog(ScheduledPruning.class);

    private static final Actor ACTOR = new Actor("enact", Set.of(), Map.of(), null, null, "configuration");

    /** Nothing is older than applications are. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final EnactProperties.Postgres properties;

    private final CaptureDatabases databases;

    private final UndoPruner pruner;

    private final RepeatedTask task = new RepeatedTask("enact-prune", this::pruneSafely);

    ScheduledPruning(EnactProperties.Postgres properties, CaptureDatabases databases, UndoPruner pruner) {
        this.properties = properties;
        this.databases = databases;
        this.pruner = pruner;
    }

    /** Prunes one database, by the name of its data source. */
    PruneReport prune(String name, Actor actor) {
        DataSource source = Objects.requireNonNull(this.databases.sources().get(name), name);
        RowsRetention rows = new RowsRetention(
                name, CaptureDatabases.owner(this.properties, name, source), this.properties.lockTimeout());
        Duration retention = this.properties.undoRetention();
        PruneReport report = this.pruner.prune(rows, isPositive(retention) ? retention : FOR_EVER, actor);
        if (report.runs() > 0) {
            logger.info(report.message());
        }
        return report;
    }

    private void pruneSafely() {
        try {
            this.databases.all().keySet().forEach(name -> prune(name, ACTOR));
        } catch (RuntimeException ex) {
            // an exception would end the schedule
            failures.warn("Old undo data was not removed and stays until it is tried again", ex);
        }
    }

    @Override
    public void start() {
        if (isPositive(this.properties.pruneInterval()) && isPositive(this.properties.undoRetention())) {
            this.task.start(this.properties.pruneInterval());
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    @Override
    public void stop() {
        this.task.stop();
    }

    @Override
    public boolean isRunning() {
        return this.task.isRunning();
    }
}
