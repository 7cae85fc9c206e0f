package cloud.enact.undo;

import java.time.Duration;
import java.util.List;

/** Is told what came of steps, and of undoing them. Answers quickly; can't break the work it is told of. */
public interface StepListener {

    /** What came of a step. */
    enum Outcome {
        /** It did what it should. */
        SUCCEEDED,
        /** It threw; whether anything changed must be looked at. */
        FAILED,
        /** What it should do was done before. */
        ALREADY_DONE
    }

    /**
     * A step has ended.
     *
     * @param connector name of the connector instance
     * @param operation the operation
     * @param outcome what came of it
     * @param took time from the first look at its system to the record of its end
     */
    void performed(String connector, String operation, Outcome outcome, Duration took);

    /**
     * The undoing of a step has ended.
     *
     * @param connector name under which the undo log keeps the step
     * @param restoration what came of it
     */
    void undone(String connector, Restoration restoration);

    /** Tells all of them; what one throws is logged, and nobody else hears of it. */
    static StepListener all(List<StepListener> listeners) {
        return new SafeStepListener(listeners);
    }
}
