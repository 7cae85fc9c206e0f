package cloud.enact.undo;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Logs what failed. The exception may hold arguments in its message, so only its class is told at ERROR. */
public final class FailureLog {

    private final Log logger;

    /**
     * Creates a log.
     *
     * @param type whose failures these are
     */
    public FailureLog(Class<?> type) {
        this.logger = LogFactory.getLog(type);
    }

    /** Tells what failed, with the class of the problem; the rest at DEBUG. */
    public void error(String what, Throwable problem) {
        this.logger.error(what + " (" + problem.getClass().getName() + "); at DEBUG there is more");
        debug(what, problem);
    }

    /** The same for what harms nobody. */
    public void warn(String what, Throwable problem) {
        this.logger.warn(what + " (" + problem.getClass().getName() + "); at DEBUG there is more");
        debug(what, problem);
    }

    /** Tells everything, to those who want to see it. */
    public void debug(String what, Throwable problem) {
        this.logger.debug(what, problem);
    }
}
