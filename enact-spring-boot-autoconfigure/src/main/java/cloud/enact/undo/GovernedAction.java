package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.UUID;

/** A governed action that is running. Thread-safe. */
public interface GovernedAction {

    /** The run it belongs to. */
    RunId runId();

    /** Its own id. */
    UUID actionId();

    /** Its name, such as {@code crm.delete_customer}. */
    String name();

    /** What it declares about being taken back. */
    Reversibility reversibility();

    /**
     * Has something done when the action's work is over and its outcome is not yet on record, on the thread that ends
     * it; steps can still be performed then. What was asked for last is done first.
     *
     * @param work must not throw
     */
    void beforeEnd(Runnable work);
}
