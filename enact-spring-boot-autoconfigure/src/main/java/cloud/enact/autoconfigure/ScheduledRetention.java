package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.EntryPruner;
import cloud.enact.undo.FailureLog;
import java.time.Duration;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Removes receipts that are older than they are kept, now and then. Thread-safe. */
final class ScheduledRetention extends RepeatedWork {

    private static final Log logger = LogFactory.getLog(ScheduledRetention.class);

    private static final FailureLog failures = new FailureLog(ScheduledRetention.class);

    /** Partitions are months: less would remove what was just stored. */
    private static final Duration LEAST = Duration.ofDays(1);

    private final Duration retention;

    private final Duration interval;

    private final EntryPruner pruner;

    ScheduledRetention(JdbcReceiptProperties properties, EntryPruner pruner) {
        super("enact-receipt-retention");
        this.retention = Objects.requireNonNull(properties.retention());
        this.interval = properties.pruneInterval();
        this.pruner = pruner;
        if (this.retention.compareTo(LEAST) < 0 || this.interval.isNegative() || this.interval.isZero()) {
            throw new EnactStartupException(
                    "Receipts can't be kept for " + this.retention + " and looked through every " + this.interval + ".",
                    "Set enact.receipts.jdbc.retention to 1d or more and prune-interval to something positive, or leave"
                            + " retention out to keep receipts for ever.");
        }
    }

    /** Once, now. */
    @Override
    void work() {
        try {
            EntryPruner.Report report = this.pruner.prune(this.retention, Actor.enact());
            if (!report.dropped().isEmpty()) {
                logger.info("Receipts older than " + this.retention + " were removed: " + report.dropped());
            }
            report.kept().ifPresent(reason -> logger.warn("Old receipts stay. " + reason));
        } catch (RuntimeException ex) {
            // an exception would end the schedule
            failures.warn("Old receipts were not removed and stay until it is tried again", ex);
        }
    }

    @Override
    Duration interval() {
        return this.interval;
    }
}
