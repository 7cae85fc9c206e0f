package cloud.enact.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Actions whose outcome was lost.
 *
 * @param startup What is done about them when the application has started: nothing (off), look and say what became of them (report), or look and put on record what is certain (reconcile).
 * @param timeLimit How long that may take. It happens in the background.
 */
record RecoveryProperties(
        @DefaultValue("report") Startup startup,
        @DefaultValue("1m") Duration timeLimit) {

    /** What is done about actions in doubt after start-up. */
    enum Startup {
        OFF,
        REPORT,
        RECONCILE
    }
}
