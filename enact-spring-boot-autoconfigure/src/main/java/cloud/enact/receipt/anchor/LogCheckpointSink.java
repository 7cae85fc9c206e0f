package cloud.enact.receipt.anchor;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Writes each checkpoint as one line of the application's log, under a logger of its own. Thread-safe. */
public final class LogCheckpointSink implements CheckpointSink {

    /** Name of the logger. */
    public static final String LOGGER = "cloud.enact.receipt.anchor";

    private static final Log logger = LogFactory.getLog(LOGGER);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void accept(Checkpoint checkpoint) {
        if (!logger.isInfoEnabled()) {
            // a line that nobody writes anchors nothing
            throw new IllegalStateException("The logger " + LOGGER + " does not write INFO, so nothing is remembered;"
                    + " let it, or set enact.receipts.checkpoints.sinks.log.enabled=false");
        }
        logger.info("Receipt log " + checkpoint.log() + " has " + checkpoint.size() + " entries: "
                + AnchorLine.of(checkpoint.note()));
    }
}
