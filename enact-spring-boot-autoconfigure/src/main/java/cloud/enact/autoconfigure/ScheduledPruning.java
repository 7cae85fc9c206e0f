package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.connector.postgres.RowsRetention;
import cloud.enact.rollback.PruneReport;
import cloud.enact.rollback.UndoPruner;
import cloud.enact.undo.FailureLog;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Removes undo data that is older than it is kept, now and then. Thread-safe. */
final class ScheduledPruning extends RepeatedWork {

    private static final Log logger = LogFactory.getLog(ScheduledPruning.class);

    private static final FailureLog failures = new FailureLog(ScheduledPruning.class);

    /** Nothing is older than applications are. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final EnactProperties.Postgres properties;

    private final CaptureDatabases databases;

    private final UndoPruner pruner;

    ScheduledPruning(EnactProperties.Postgres properties, CaptureDatabases databases, UndoPruner pruner) {
        super("enact-prune");
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

    @Override
    void work() {
        try {
            this.databases.all().keySet().forEach(name -> prune(name, Actor.enact()));
        } catch (RuntimeException ex) {
            // an exception would end the schedule
            failures.warn("Old undo data was not removed and stays until it is tried again", ex);
        }
    }

    @Override
    Duration interval() {
        return isPositive(this.properties.undoRetention()) ? this.properties.pruneInterval() : Duration.ZERO;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }
}
