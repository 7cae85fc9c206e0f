package cloud.enact.gate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Logs what failed. The exception may hold arguments in its message, so only its class is told at ERROR. */
final class FailureLog {

    private final Log logger;

    FailureLog(Class<?> type) {
        this.logger = LogFactory.getLog(type);
    }

    /** Tells what failed, with the class of the problem; the rest at DEBUG. */
    void error(String what, Throwable problem) {
        this.logger.error(what + " (" + problem.getClass().getName() + "); at DEBUG there is more");
        debug(what, problem);
    }

    /** The same for what harms nobody. */
    void warn(String what, Throwable problem) {
        this.logger.warn(what + " (" + problem.getClass().getName() + "); at DEBUG there is more");
        debug(what, problem);
    }

    void debug(String what, Throwable problem) {
        this.logger.debug(what, problem);
    }
}
