package cloud.enact.approval;

import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells of rows that are no requests, now and then: whoever writes them could fill a log as well. Thread-safe. */
final class LeftOut {

    private static final Log logger = LogFactory.getLog(DocumentApprovalStore.class);

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private boolean told;

    private long last;

    private long silent;

    void tell(ApprovalStoreException why) {
        long others;
        synchronized (this) {
            long now = System.nanoTime();
            if (this.told && now - this.last < PAUSE) {
                this.silent++;
                return;
            }
            this.told = true;
            this.last = now;
            others = this.silent;
            this.silent = 0;
        }
        logger.error("A request for approval is left out: " + why.getMessage()
                + ((others > 0) ? ". Since the last such message others were left out " + others + " times" : ""));
    }
}
