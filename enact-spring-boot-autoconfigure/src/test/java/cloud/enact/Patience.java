package cloud.enact;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait for what comes by itself: they look often, and not for ever. */
public final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private Patience() {}

    /**
     * Waits in the thread of the test; what is thrown meanwhile ends the test, and what other threads throw does not.
     *
     * @param event what is waited for, as a failure tells it
     */
    public static ConditionFactory awaiting(String event) {
        return Awaitility.await(event)
                .pollInSameThread()
                .dontCatchUncaughtExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(LONGEST);
    }
}
