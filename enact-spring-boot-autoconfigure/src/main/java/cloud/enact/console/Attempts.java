package cloud.enact.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong credentials, from wherever they come. The credential is too long to be found by trying, so nobody is
 * kept from showing the right one: whoever guesses could keep the operator out. What many guesses get is a short
 * answer, and a line in the log. Thread-safe.
 */
final class Attempts {

    static final int MOST = 10;

    private static final Log logger = LogFactory.getLog(Attempts.class);

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;

    private @Nullable Instant began;

    private long failures;

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts one.
     *
     * @param address where it came from
     * @return whether there were too many within a minute
     */
    boolean failed(String address) {
        boolean first;
        synchronized (this) {
            Instant now = this.clock.instant();
            if (this.began == null || !now.isBefore(this.began.plus(WINDOW))) {
                this.began = now;
                this.failures = 0;
            }
            this.failures++;
            if (this.failures <= MOST) {
                return false;
            }
            first = this.failures == MOST + 1;
        }
        if (first) {
            logger.warn("More than " + MOST + " wrong credentials were shown to the console within a minute, the last"
                    + " one from " + address + ". The right one is still taken; find out who tries");
        }
        return true;
    }
}
